"""What a client can ask of an execution, and what it sees of it."""
import time
import unittest

from case import KernelCase, printed, types

DISPLAY = "import { display, clearOutput } from 'learnable/kernel';\n"


class Execution(KernelCase):
    def test_all_output_comes_between_busy_and_idle_in_order(self):
        published = self.run_cell("console.log('a'); console.error('b'); console.log('c'); 1")[1]
        self.assertEqual(types(published), ["execute_input", "stream", "stream", "stream", "execute_result"])
        self.assertEqual([message["content"].get("text") for message in published[1:4]], ["a\n", "b\n", "c\n"])

    def test_counts_are_the_same_everywhere(self):
        reply, published = self.run_cell("6 * 7")
        count = reply["content"]["execution_count"]
        self.assertEqual([message["content"]["execution_count"] for message in published], [count, count])
        self.assertEqual(published[0]["content"]["code"], "6 * 7")
        self.assertEqual(self.run_cell("1")[0]["content"]["execution_count"], count + 1)

    def test_every_message_has_the_request_as_parent_and_the_session_of_the_kernel(self):
        reply, published = self.run_cell("console.log(1); 2")
        parents = [message["parent_header"] for message in [reply, *published]]
        self.assertEqual(len({(parent["msg_id"], parent["session"], parent["username"]) for parent in parents}), 1)
        self.assertEqual(parents[0]["session"], self.client.session.session)
        self.assertEqual(len({message["header"]["session"] for message in [reply, *published]}), 1)
        self.assertNotEqual(reply["header"]["session"], self.client.session.session)

    def test_an_error_is_published_and_replied(self):
        reply, published = self.run_cell("throw new RangeError('too far')")
        error = published[-1]["content"]
        self.assertEqual((error["ename"], error["evalue"]), ("RangeError", "too far"))
        for field in ("ename", "evalue", "traceback"):
            self.assertEqual(reply["content"][field], error[field])
        self.assertTrue(all(isinstance(line, str) for line in error["traceback"]))

    def test_a_silent_cell_publishes_no_input_and_no_result_but_what_it_prints(self):
        before = self.run_cell("0")[0]["content"]["execution_count"]
        reply, published = self.run_cell("console.log('said'); var quiet = 5; quiet", silent=True)
        self.assertEqual(types(published), ["stream"])
        self.assertEqual(reply["content"]["status"], "ok")
        self.assertEqual(reply["content"]["execution_count"], before)
        self.assertEqual(self.value("quiet"), "5")

    def test_a_cell_that_is_not_stored_shows_its_result_and_does_not_count(self):
        before = self.run_cell("0")[0]["content"]["execution_count"]
        reply, published = self.run_cell("5", store_history=False)
        self.assertEqual(types(published), ["execute_input", "execute_result"])
        self.assertEqual(reply["content"]["execution_count"], before)
        tail = self.reply(self.client.history(hist_access_type="tail", n=1))["content"]["history"]
        self.assertEqual(tail[0][2], "0")

    def test_user_expressions_are_evaluated_after_the_cell(self):
        asked = {"sum": "left + 2", "wrong": "nowhere.at.all", "unclosed": "(", "list": "[{ a: 1 }]"}
        reply, published = self.run_cell("var left = 40", user_expressions=asked)
        self.assertEqual(types(published), ["execute_input"])
        expressions = reply["content"]["user_expressions"]
        self.assertEqual(expressions["sum"], {"status": "ok", "data": {"text/plain": "42"}, "metadata": {}})
        self.assertEqual(expressions["wrong"]["ename"], "ReferenceError")
        self.assertEqual(expressions["unclosed"]["status"], "error")
        self.assertIn("text/html", expressions["list"]["data"])
        failed = self.run_cell("throw 1", user_expressions={"sum": "1"})[0]["content"]
        self.assertFalse(failed.get("user_expressions"))

    def test_user_expressions_of_a_silent_cell(self):
        reply, published = self.run_cell("", silent=True, user_expressions={"six": "2 * 3"})
        self.assertEqual(published, [])
        self.assertEqual(reply["content"]["user_expressions"]["six"]["data"]["text/plain"], "6")

    def queue(self, cells, **options):
        requests = [self.client.execute(cell, **options) for cell in cells]
        return [(self.reply(request)["content"], types(self.published(request))) for request in requests]

    def test_an_error_aborts_the_cells_that_wait(self):
        ran = self.queue(["await new Promise(r => setTimeout(r, 100)); throw new Error('x')", "var ran = 1", "2"])
        self.assertEqual([reply["status"] for reply, _ in ran], ["error", "aborted", "aborted"])
        self.assertEqual([published for _, published in ran[1:]], [[], []])
        self.assertEqual(self.value("typeof (globalThis as any).ran"), "'undefined'")

    def test_a_type_error_aborts_them_too(self):
        ran = self.queue(["const wrong: number = 'text'", "1"])
        self.assertEqual([reply["status"] for reply, _ in ran], ["error", "aborted"])

    def test_what_is_no_cell_is_answered_after_an_error_all_the_same(self):
        failing = self.client.execute("await new Promise(r => setTimeout(r, 100)); throw 1")
        complete, info = self.client.complete("Math.hyp"), self.client.kernel_info()
        waiting = self.client.execute("1")
        replies = {}
        while len(replies) < 4:
            message = self.client.get_shell_msg(timeout=20)
            replies[message["parent_header"]["msg_id"]] = message["content"]["status"]
        self.assertEqual(
            [replies[request] for request in (failing, complete, info, waiting)], ["error", "ok", "ok", "aborted"]
        )
        self.published(waiting)

    def test_with_stop_on_error_off_the_rest_runs(self):
        ran = self.queue(["throw new Error('x')", "1", "throw new Error('y')", "2"], stop_on_error=False)
        self.assertEqual([reply["status"] for reply, _ in ran], ["error", "ok", "error", "ok"])

    def test_a_cell_sent_after_the_reply_is_never_aborted(self):
        for _ in range(20):
            self.reply(self.client.execute("throw 1"))
            self.assertEqual(self.reply(self.client.execute("1"))["content"]["status"], "ok")

    def test_clear_output_now_and_with_the_next_output(self):
        cell = f"{DISPLAY} console.log('old'); clearOutput(); console.log('kept'); clearOutput(true); console.log('new')"
        published = self.ok(cell)
        self.assertEqual(types(published), ["stream", "clear_output", "stream", "clear_output", "stream"])
        self.assertEqual([published[index]["content"] for index in (1, 3)], [{"wait": False}, {"wait": True}])

    def test_a_display_is_redrawn_under_its_id_and_in_later_cells(self):
        [shown] = self.ok(f"{DISPLAY} const place = display('first')")
        self.assertEqual(shown["msg_type"], "display_data")
        place = shown["content"]["transient"]["display_id"]
        [redrawn] = self.ok("place.update('second')")
        self.assertEqual(redrawn["msg_type"], "update_display_data")
        self.assertEqual(redrawn["content"]["transient"]["display_id"], place)
        self.assertIn("second", redrawn["content"]["data"]["text/plain"])

    def test_a_hundred_thousand_lines_arrive_complete_and_in_order(self):
        printed_text = printed(self.ok("for (let i = 0; i < 100_000; i++) console.log(i)"))
        self.assertEqual(printed_text.split("\n"), [*map(str, range(100_000)), ""])

    def test_two_streams_keep_their_order_in_a_flood(self):
        published = self.ok("for (let i = 0; i < 2000; i++) (i % 2 ? console.error : console.log)(i)")
        text = "".join(message["content"]["text"] for message in published)
        self.assertEqual(text.split("\n"), [*map(str, range(2000)), ""])

    def test_a_line_of_ten_megabytes(self):
        text = printed(self.ok("console.log('é'.repeat(5_000_000))"))
        self.assertEqual((len(text), text[:2], text[-2:]), (5_000_001, "éé", "é\n"))

    def test_lone_surrogates_and_nul_are_printed_as_something(self):
        self.assertEqual(len(printed(self.ok(r"console.log('a\ud800b\0c')"))), 6)

    def test_late_output_belongs_to_its_cell(self):
        first = self.client.execute("setTimeout(() => console.log('late'), 200)")
        self.published(first)
        self.run_cell("1")
        until = time.monotonic() + 10
        while time.monotonic() < until:
            message = self.client.get_iopub_msg(timeout=10)
            if message["msg_type"] == "stream":
                self.assertEqual(message["parent_header"]["msg_id"], first)
                return
        self.fail("nothing was printed")

    def test_the_reply_says_when_the_cell_started(self):
        self.assertRegex(self.run_cell("1")[0]["metadata"]["started"], r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")


if __name__ == "__main__":
    unittest.main()
