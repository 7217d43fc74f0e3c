"""Two clients of one kernel, each of which sees all and is answered for its own."""
import unittest

from case import KernelCase, printed, types
from jupyter_client import BlockingKernelClient


class TwoClients(KernelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = BlockingKernelClient()
        cls.other.load_connection_info(cls.manager.get_connection_info())
        cls.other.start_channels()
        cls.other.wait_for_ready(timeout=20)

    @classmethod
    def tearDownClass(cls):
        cls.other.stop_channels()
        super().tearDownClass()

    def test_outputs_reach_both_with_the_parent_of_the_one_that_asked(self):
        request = self.client.execute("console.log('to both'); 1")
        for client in (self.client, self.other):
            published = self.published(request, client)
            self.assertEqual(types(published), ["execute_input", "stream", "execute_result"])
            sessions = {message["parent_header"]["session"] for message in published}
            self.assertEqual(sessions, {self.client.session.session})
        self.reply(request)

    def test_each_gets_only_its_own_replies(self):
        asked = [(client, client.execute(f"'{index}'")) for index in range(20) for client in (self.client, self.other)]
        for client, request in asked:
            reply = client.get_shell_msg(timeout=20)
            self.assertEqual(reply["parent_header"]["msg_id"], request)
            self.assertEqual(reply["content"]["status"], "ok")
        counts = []
        while len(counts) < len(asked):
            message = self.client.get_iopub_msg(timeout=20)
            if message["msg_type"] == "execute_result":
                counts.append(message["content"]["execution_count"])
        self.assertEqual(counts, list(range(counts[0], counts[0] + len(asked))))

    def test_they_share_what_is_declared(self):
        self.ok("var shared = 'mine'")
        self.assertEqual(self.value("shared", client=self.other), "'mine'")

    def test_an_error_of_one_aborts_what_the_other_has_waiting_as_the_specification_says(self):
        failing = self.client.execute("await new Promise(r => setTimeout(r, 200)); throw 1")
        self.wait_for_input(failing)
        waiting = self.other.execute("1")
        self.assertEqual(self.reply(failing)["content"]["status"], "error")
        self.assertEqual(self.reply(waiting, self.other)["content"]["status"], "aborted")

    def wait_for_input(self, request):
        while True:
            message = self.client.get_iopub_msg(timeout=20)
            if message["msg_type"] == "execute_input" and message["parent_header"]["msg_id"] == request:
                return

    def test_only_the_one_that_runs_the_cell_is_asked_for_input(self):
        asking = self.client.execute("const name = prompt('who?'); name", allow_stdin=True)
        question = self.client.get_stdin_msg(timeout=20)
        self.assertEqual(question["content"], {"prompt": "who?", "password": False})
        self.other.input("an intruder")
        self.client.input("Ada")
        [_, result] = self.published(asking)
        self.assertEqual(result["content"]["data"]["text/plain"], "'Ada'")

    def test_a_flood_reaches_both_whole(self):
        request = self.client.execute("for (let i = 0; i < 20_000; i++) console.log(i)")
        expected = "".join(f"{number}\n" for number in range(20_000))
        for client in (self.client, self.other):
            self.assertEqual(printed(self.published(request, client)), expected)

    def test_one_may_interrupt_what_the_other_runs(self):
        spinning = self.client.execute("console.log('spins'); while (true);")
        self.wait_for_output("spins")
        self.assertEqual(self.ask("interrupt_request", channel="control", client=self.other)["content"]["status"], "ok")
        self.assertEqual(self.reply(spinning)["content"]["ename"], "Interrupted")


if __name__ == "__main__":
    unittest.main()
