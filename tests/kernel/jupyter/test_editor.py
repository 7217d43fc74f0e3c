"""A kernel as an editor such as VS Code runs it: started from its `kernel.json`, without Jupyter's manager, spoken to by
`@jupyterlab/services`, whose headers and metadata hold more than the specification names."""
import json
import os
import subprocess
import tempfile
import unittest
import uuid

from case import KERNEL, TIMEOUT, KernelCase, types
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from jupyter_client.kernelspec import get_kernel_spec


class Editor(KernelCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="a project ")
        os.mkdir(os.path.join(cls.folder.name, "src"))
        with open(os.path.join(cls.folder.name, "src", "local.ts"), "w", encoding="utf-8") as file:
            file.write("/** Twice. */\nexport const twice = (n: number) => 2 * n\n")
        file, _ = write_connection_file(os.path.join(cls.folder.name, "kernel-v3.json"), key=uuid.uuid4().hex.encode())
        with open(file, encoding="utf-8") as opened:
            connection = json.load(opened)
        with open(file, "w", encoding="utf-8") as opened:
            json.dump({**connection, "kernel_name": KERNEL, "jupyter_session": "somewhere.ipynb"}, opened)
        argv = [part.replace("{connection_file}", file) for part in get_kernel_spec(KERNEL).argv]
        cls.kernel = subprocess.Popen(argv, cwd=cls.folder.name, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        cls.client = BlockingKernelClient(connection_file=file)
        cls.client.load_connection_file()
        cls.client.start_channels()
        cls.client.hb_channel.unpause()

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.kernel.kill()
        cls.kernel.communicate()
        cls.folder.cleanup()

    def send(self, msg_type, content, channel="shell", **metadata):
        message = self.client.session.msg(msg_type, content, metadata=metadata)
        message["header"].update(subshell_id=None, username="")
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def execute(self, code, **options):
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": True,
            "stop_on_error": False,
        }
        return self.send("execute_request", {**content, **options}, deletedCells=[], recordTiming=False, cellId="W0sZmlsZQ==")

    def test_a_notebook(self):
        # Sent at once, before the kernel has bound its sockets.
        info = self.reply(self.send("kernel_info_request", {}))["content"]
        self.assertEqual((info["status"], info["language_info"]["name"]), ("ok", "typescript"))
        self.assertEqual(self.reply(self.send("comm_info_request", {}))["content"]["comms"], {})

        # What it asks behind the reader's back counts nothing and shows nothing.
        quiet = self.execute("process.version", silent=True, store_history=False)
        self.assertEqual(self.reply(quiet)["content"]["status"], "ok")
        self.assertEqual(self.published(quiet), [])
        hidden = self.execute("process.cwd()", store_history=False)
        [_, directory] = self.published(hidden)
        self.assertIn(os.path.basename(self.folder.name), directory["content"]["data"]["text/plain"])

        cell = self.execute("import { twice } from './src/local.ts'\nconsole.log('in'); twice(21)")
        self.assertEqual(self.reply(cell)["content"]["execution_count"], 1)
        published = self.published(cell)
        self.assertEqual(types(published), ["execute_input", "stream", "execute_result"])
        self.assertEqual(published[-1]["content"]["data"]["text/plain"], "42")
        self.assertEqual(published[-1]["parent_header"]["subshell_id"], None)

        # Completion while it types; on hover, what a name is.
        asked = self.reply(self.send("complete_request", {"code": "twice.leng", "cursor_pos": 10}))["content"]
        self.assertEqual((asked["status"], asked["matches"], asked["cursor_start"]), ("ok", ["length"], 6))
        hover = self.reply(self.send("inspect_request", {"code": "twice(21)", "cursor_pos": 2, "detail_level": 0}))["content"]
        self.assertTrue(hover["found"])
        self.assertIn("Twice.", hover["data"]["text/markdown"])

        # It goes on after an error, as it runs the cells one by one itself.
        wrong, right = self.execute("nowhere()"), self.execute("'right'")
        self.assertEqual(self.reply(wrong)["content"]["status"], "error")
        self.assertEqual(self.reply(right)["content"]["status"], "ok")

        # Stop: a message on control, as `interrupt_mode` of the kernelspec says.
        spins = self.execute("console.log('spins'); while (true);")
        self.wait_for_output("spins")
        meanwhile = self.reply(self.send("complete_request", {"code": "Math.hyp", "cursor_pos": 8}))["content"]
        self.assertEqual(meanwhile["matches"], ["hypot"])
        self.assertEqual(self.reply(self.send("interrupt_request", {}, "control"), channel="control")["content"]["status"], "ok")
        self.assertEqual(self.reply(spins)["content"]["ename"], "Interrupted")
        self.published(spins)

        question = self.execute("await input('key? ', { password: true })")
        asked = self.client.get_stdin_msg(timeout=TIMEOUT)
        self.assertEqual(asked["content"], {"prompt": "key? ", "password": True})
        self.client.input("secret")
        self.assertEqual(self.published(question)[-1]["content"]["data"]["text/plain"], "'secret'")

        self.assertIs(self.client.hb_channel.is_beating(), True)
        self.assertEqual(self.reply(self.send("shutdown_request", {"restart": False}, "control"), channel="control")["content"]["status"], "ok")
        output, errors = self.kernel.communicate(timeout=TIMEOUT)
        # What a cell prints goes to the notebook; an editor shows the rest as the kernel's log.
        self.assertEqual((self.kernel.returncode, output, errors), (0, b"", b""))


if __name__ == "__main__":
    unittest.main()
