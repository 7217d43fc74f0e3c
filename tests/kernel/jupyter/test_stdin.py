"""Questions of a cell to its reader."""
import unittest
from queue import Empty

from case import KernelCase, printed


class Stdin(KernelCase):
    def question(self, code):
        request = self.client.execute(code, allow_stdin=True)
        message = self.client.get_stdin_msg(timeout=20)
        self.assertEqual(message["msg_type"], "input_request")
        self.assertEqual(message["parent_header"]["msg_id"], request)
        return request, message["content"]

    def result(self, request):
        reply, published = self.reply(request), self.published(request)
        self.assertEqual(reply["content"]["status"], "ok", reply["content"])
        return published[-1]["content"]["data"]["text/plain"]

    def test_prompt_waits_for_the_answer(self):
        request, content = self.question("prompt('name? ')")
        self.assertEqual(content, {"prompt": "name? ", "password": False})
        self.client.input("Ada é🙂")
        self.assertEqual(self.result(request), "'Ada é🙂'")

    def test_input_may_be_awaited_and_hidden(self):
        request, content = self.question("await input('key: ', { password: true })")
        self.assertEqual(content, {"prompt": "key: ", "password": True})
        self.client.input("")
        self.assertEqual(self.result(request), "''")

    def test_what_was_printed_comes_before_the_question(self):
        request, _ = self.question("console.log('first'); prompt('?')")
        self.wait_for_output("first")
        self.client.input("x")
        self.assertEqual(self.result(request), "'x'")

    def test_two_questions_get_their_answers_in_order(self):
        request, _ = self.question("[prompt('a'), prompt('b')].join()")
        self.client.input("1")
        self.assertEqual(self.client.get_stdin_msg(timeout=20)["content"]["prompt"], "b")
        self.client.input("2")
        self.assertEqual(self.result(request), "'1,2'")

    def test_a_client_that_cannot_ask_is_told_so_at_once(self):
        reply, _ = self.run_cell("prompt('?')", allow_stdin=False)
        self.assertEqual(
            reply["content"]["evalue"], "prompt: this client cannot ask its reader. Set the value in the cell instead."
        )
        with self.assertRaises(Empty):
            self.client.get_stdin_msg(timeout=0.2)

    def test_an_interrupt_ends_the_question_and_a_late_answer_is_for_nothing(self):
        for code in ("prompt('?')", "await input('?')", "try { prompt('?') } catch {} while (true);"):
            with self.subTest(code=code):
                request, _ = self.question(code)
                self.manager.interrupt_kernel()
                self.assertEqual(self.reply(request)["content"]["ename"], "Interrupted")
                self.published(request)
                self.client.input("too late")
                self.assertEqual(self.value("1 + 1"), "2")
        request, _ = self.question("prompt('again?')")
        self.client.input("in time")
        self.assertEqual(self.result(request), "'in time'")

    def test_other_requests_are_answered_while_it_waits(self):
        request, _ = self.question("prompt('?')")
        self.assertEqual(self.ask("complete_request", {"code": "Math.hyp", "cursor_pos": 8})["content"]["matches"], ["hypot"])
        self.client.input("done")
        self.assertEqual(self.result(request), "'done'")

    def test_stdin_works_through_execute_interactive(self):
        shown = []
        reply = self.client.execute_interactive(
            "console.log(prompt('how many?'))",
            allow_stdin=True,
            timeout=20,
            stdin_hook=lambda message: self.client.input("7"),
            output_hook=shown.append,
        )
        self.assertEqual(reply["content"]["status"], "ok")
        self.assertEqual(printed(shown), "7\n")


if __name__ == "__main__":
    unittest.main()
