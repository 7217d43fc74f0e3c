"""Jupyter's servers: kernels by REST and their channels by WebSocket, as a notebook page uses them."""
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import uuid

import websocket
from case import KERNEL, TIMEOUT
from jupyter_server.base.zmqhandlers import deserialize_binary_message, serialize_binary_message

TOKEN = "a-token-of-the-tests"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Page:
    """A page with one WebSocket to a kernel."""

    def __init__(self, port, kernel, session=None):
        self.session = session or uuid.uuid4().hex
        url = f"ws://127.0.0.1:{port}/api/kernels/{kernel}/channels?session_id={self.session}&token={TOKEN}"
        self.socket = websocket.create_connection(url, timeout=TIMEOUT)

    def send(self, channel, msg_type, content, buffers=()):
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": msg_type,
            "username": "page",
            "session": self.session,
            "date": "2026-01-01T00:00:00Z",
            "version": "5.2",
        }
        message = {"channel": channel, "header": header, "parent_header": {}, "metadata": {}, "content": content}
        if buffers:
            self.socket.send_binary(serialize_binary_message({**message, "buffers": [memoryview(b) for b in buffers]}))
        else:
            self.socket.send(json.dumps({**message, "buffers": []}))
        return header["msg_id"]

    def receive(self):
        data = self.socket.recv()
        return json.loads(data) if isinstance(data, str) else deserialize_binary_message(data)

    def until(self, found):
        """All messages up to the one that is found."""
        messages = []
        while not messages or not found(messages[-1]):
            messages.append(self.receive())
        return messages

    def published(self, request):
        """What is published of a request, statuses left out; and its reply, which may come before or after."""
        messages, reply, idle = [], None, False
        while not (reply and idle):
            message = self.receive()
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["channel"] != "iopub":
                reply = message["content"]
            elif message["msg_type"] != "status":
                messages.append(message)
            elif message["content"]["execution_state"] == "idle":
                idle = True
        return reply, messages

    def execute(self, code, **options):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True, "stop_on_error": True}
        return self.send("shell", "execute_request", {**content, **options})

    def run(self, code):
        return self.published(self.execute(code))

    def value(self, code):
        reply, messages = self.run(code)
        assert reply["status"] == "ok", reply
        return messages[-1]["content"]["data"]["text/plain"]


class Servers:
    """Holds what is no test by itself."""

    class Case(unittest.TestCase):
        module: str

        @classmethod
        def setUpClass(cls):
            cls.folder = tempfile.TemporaryDirectory(prefix="with a space ")
            cls.port = free_port()
            command = [sys.executable, "-m", cls.module, "--no-browser", "--allow-root", f"--port={cls.port}", "--ip=127.0.0.1"]
            settings = [f"--NotebookApp.token={TOKEN}", f"--ServerApp.token={TOKEN}", "--KernelManager.shutdown_wait_time=5"]
            environment = {**os.environ, "JUPYTER_CONFIG_DIR": cls.folder.name}
            cls.server = subprocess.Popen(
                [*command, *settings], cwd=cls.folder.name, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            until = time.monotonic() + TIMEOUT
            while True:
                try:
                    cls.rest("GET", "api/status")
                    return
                except OSError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.05)

        @classmethod
        def tearDownClass(cls):
            cls.server.terminate()
            cls.server.wait(TIMEOUT)
            cls.folder.cleanup()

        @classmethod
        def rest(cls, method, path, content=None):
            """The answer to a request, read from JSON where it is."""
            request = urllib.request.Request(
                f"http://127.0.0.1:{cls.port}/{path}",
                method=method,
                data=None if content is None else json.dumps(content).encode(),
                headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                body = response.read()
                if not body:
                    return None
                return json.loads(body) if "json" in response.headers["Content-Type"] else (response.headers, body)

        def start(self):
            """A session of a notebook; its kernel, and a page that is ready."""
            name = f"{uuid.uuid4().hex}.ipynb"
            wanted = {"path": name, "name": name, "type": "notebook", "kernel": {"name": KERNEL}}
            session = self.rest("POST", "api/sessions", wanted)
            self.addCleanup(self.end, session["id"])
            page = Page(self.port, session["kernel"]["id"])
            self.addCleanup(page.socket.close)
            reply, _ = page.published(page.send("shell", "kernel_info_request", {}))
            self.assertEqual(reply["language_info"]["name"], "typescript")
            return session["kernel"]["id"], page

        def end(self, session):
            try:
                self.rest("DELETE", f"api/sessions/{session}")
            except urllib.error.HTTPError:
                pass  # a test has ended it

        def test_the_launcher_finds_the_kernel_and_its_logos(self):
            spec = self.rest("GET", "api/kernelspecs")["kernelspecs"][KERNEL]
            self.assertEqual(spec["spec"]["language"], "typescript")
            self.assertEqual(spec["spec"]["interrupt_mode"], "message")
            for logo, start in {"logo-32x32": b"\x89PNG", "logo-64x64": b"\x89PNG", "logo-svg": b"<svg"}.items():
                headers, body = self.rest("GET", spec["resources"][logo].lstrip("/"))
                self.assertTrue(headers["Content-Type"].startswith("image/"))
                self.assertTrue(body.lstrip().startswith(start), logo)

        def test_a_notebook_is_worked_with(self):
            kernel, page = self.start()
            reply, messages = page.run("console.log('printed'); 6 * 7")
            self.assertEqual(reply["status"], "ok")
            self.assertEqual([message["msg_type"] for message in messages], ["execute_input", "stream", "execute_result"])

            # A question, as the page shows it below the cell.
            asking = page.execute("prompt('who?')")
            question = page.until(lambda message: message["msg_type"] == "input_request")[-1]
            self.assertEqual((question["channel"], question["content"]["prompt"]), ("stdin", "who?"))
            page.send("stdin", "input_reply", {"status": "ok", "value": "Ada"})
            self.assertEqual(page.published(asking)[1][-1]["content"]["data"]["text/plain"], "'Ada'")

            # Bytes both ways.
            page.run("import { registerCommTarget } from 'learnable/kernel'; registerCommTarget('echo', comm => { comm.onMessage(({ data, buffers }) => comm.send(data, { buffers })) })")
            comm = uuid.uuid4().hex
            page.send("shell", "comm_open", {"comm_id": comm, "target_name": "echo", "data": {}})
            page.send("shell", "comm_msg", {"comm_id": comm, "data": {"n": 1}}, [bytes(range(256)), b""])
            echo = page.until(lambda message: message["msg_type"] == "comm_msg")[-1]
            self.assertEqual(echo["content"]["data"], {"n": 1})
            self.assertEqual([bytes(buffer) for buffer in echo["buffers"]], [bytes(range(256)), b""])

            # Completion and inspection, with the cursor in the middle.
            completed = page.published(page.send("shell", "complete_request", {"code": "Math.hyp + 1", "cursor_pos": 8}))[0]
            self.assertEqual((completed["matches"], completed["cursor_start"], completed["cursor_end"]), (["hypot"], 5, 8))
            inspected = page.published(page.send("shell", "inspect_request", {"code": "Math.max", "cursor_pos": 6, "detail_level": 0}))[0]
            self.assertTrue(inspected["found"])

            # The buttons: interrupt, restart.
            spinning = page.execute("console.log('spins'); while (true);")
            page.until(lambda message: message["msg_type"] == "stream")
            self.assertEqual(self.rest("GET", f"api/kernels/{kernel}")["execution_state"], "busy")
            self.rest("POST", f"api/kernels/{kernel}/interrupt")
            self.assertEqual(page.published(spinning)[0]["ename"], "Interrupted")
            page.run("var kept = 1")
            self.rest("POST", f"api/kernels/{kernel}/restart")
            self.assertEqual(page.value("typeof (globalThis as any).kept"), "'undefined'")
            self.assertEqual(page.run("1")[0]["execution_count"], 2)


class Notebook(Servers.Case):
    """Notebook 6, whose server is one of its own."""

    module = "notebook"


class JupyterServer(Servers.Case):
    """What JupyterLab and Notebook 7 run on."""

    module = "jupyter_server"

    def test_a_page_that_is_closed_and_opened_again(self):
        kernel, page = self.start()
        page.run("var kept = 'kept'")
        running = page.execute("await new Promise(r => setTimeout(r, 500)); console.log('meanwhile')")
        page.until(lambda message: message["msg_type"] == "execute_input")
        page.socket.close()
        time.sleep(1)
        again = Page(self.port, kernel, page.session)
        self.addCleanup(again.socket.close)
        # What came meanwhile, the server kept.
        texts = [message["content"]["text"] for message in again.published(running)[1] if message["msg_type"] == "stream"]
        self.assertEqual("".join(texts), "meanwhile\n")
        self.assertEqual(again.value("kept"), "'kept'")

    def test_two_pages_of_one_kernel_see_the_same(self):
        kernel, page = self.start()
        other = Page(self.port, kernel)
        self.addCleanup(other.socket.close)
        other.published(other.send("shell", "kernel_info_request", {}))
        request = page.execute("console.log('to both')")
        seen = other.until(lambda message: message["content"].get("execution_state") == "idle" and message["parent_header"]["msg_id"] == request)
        self.assertIn("to both\n", [message["content"].get("text") for message in seen])

    def test_a_kernel_that_dies_is_started_again_by_the_server(self):
        _, page = self.start()
        pid = int(re.sub(r"\D", "", page.value("process.pid")))
        os.kill(pid, 9)
        page.until(lambda message: message["msg_type"] == "status" and message["content"]["execution_state"] == "restarting")
        self.assertNotEqual(page.value("process.pid"), str(pid))

    def test_a_kernel_that_is_shut_down_is_gone(self):
        kernel, page = self.start()
        pid = int(re.sub(r"\D", "", page.value("process.pid")))
        self.rest("DELETE", f"api/kernels/{kernel}")
        with self.assertRaises(ProcessLookupError):
            os.kill(pid, 0)
        with self.assertRaises(urllib.error.HTTPError):
            self.rest("GET", f"api/kernels/{kernel}")


if __name__ == "__main__":
    unittest.main()
