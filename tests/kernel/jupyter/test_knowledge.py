"""History, completion, inspection and whether a cell is complete."""
import os
import tempfile
import unittest

from case import KERNEL, KernelCase
from jupyter_client.manager import start_new_kernel


class History(KernelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = None
        for code in ("'one'", "2", "console.log('no result')", "'one'", "void 0 // é🙂", "throw new Error('x')"):
            count = cls.client.execute(code, reply=True, timeout=20)["content"]["execution_count"]
            cls.first = cls.first or count

    def history(self, **options):
        rows = self.reply(self.client.history(**options))["content"]["history"]
        self.assertEqual(len({row[0] for row in rows}), min(len(rows), 1))
        return [tuple(row[1:]) for row in rows]

    def test_tail(self):
        self.assertEqual(
            self.history(hist_access_type="tail", n=2),
            [(self.first + 4, "void 0 // é🙂"), (self.first + 5, "throw new Error('x')")],
        )

    def test_tail_with_output(self):
        rows = self.history(hist_access_type="tail", n=6, output=True)
        self.assertEqual(
            [row[1] for row in rows][:5],
            [["'one'", "'one'"], ["2", "2"], ["console.log('no result')", None], ["'one'", "'one'"], ["void 0 // é🙂", None]],
        )

    def test_range_ends_before_stop(self):
        rows = self.history(hist_access_type="range", session=0, start=self.first, stop=self.first + 2)
        self.assertEqual(rows, [(self.first, "'one'"), (self.first + 1, "2")])
        self.assertEqual(len(self.history(hist_access_type="range", session=0, start=self.first)), 6)
        self.assertEqual(self.history(hist_access_type="range", session=0, start=900, stop=901), [])

    def test_search_is_a_glob_over_the_whole_text(self):
        self.assertEqual(self.history(hist_access_type="search", pattern="'on?'", n=1)[0][1], "'one'")
        self.assertEqual(len(self.history(hist_access_type="search", pattern="'one'")), 2)
        self.assertEqual(len(self.history(hist_access_type="search", pattern="'one'", unique=True)), 1)
        self.assertEqual(self.history(hist_access_type="search", pattern="never was"), [])
        self.assertEqual(self.history(hist_access_type="search", pattern="on"), [])
        self.assertEqual(self.history(hist_access_type="search", pattern="2", output=True)[-1][1], ["2", "2"])


class HistoryOfSessions(unittest.TestCase):
    def test_the_next_kernel_knows_what_the_last_one_ran(self):
        with tempfile.TemporaryDirectory() as folder:
            env = {**os.environ, "LEARNABLE_HISTORY": folder}
            rows = []
            for code in ("'of the first'", "'of the second'"):
                manager, client = start_new_kernel(kernel_name=KERNEL, env=env)
                client.execute(code, reply=True, timeout=20)
                rows = client.history(hist_access_type="tail", n=2, output=True, reply=True, timeout=20)["content"]["history"]
                last = client.history(hist_access_type="range", session=-1, output=False, reply=True, timeout=20)
                client.stop_channels()
                manager.shutdown_kernel()
            self.assertEqual([row[2] for row in rows], [["'of the first'"] * 2, ["'of the second'"] * 2])
            self.assertLess(rows[0][0], rows[1][0])
            self.assertEqual([row[2] for row in last["content"]["history"]], ["'of the first'"])


class Completion(KernelCase):
    def complete(self, code, cursor=None):
        return self.reply(self.client.complete(code, cursor))["content"]

    def test_positions_count_characters_not_utf16_units(self):
        content = self.complete("'🙂🙂'; Math.hyp")
        self.assertEqual((content["matches"], content["cursor_start"], content["cursor_end"]), (["hypot"], 11, 14))

    def test_in_the_middle_of_the_code(self):
        content = self.complete("const a = Math.hyp\nconst b = 1", 18)
        self.assertEqual(content["matches"], ["hypot"])

    def test_names_of_earlier_cells_with_their_types(self):
        self.ok("const penguins = { adelie: 1, gentoo: 2 }")
        self.assertEqual(self.complete("penguins.")["matches"], ["adelie", "gentoo"])
        content = self.complete("pengui")
        self.assertIn("penguins", content["matches"])
        typed = content["metadata"]["_jupyter_types_experimental"]
        self.assertEqual([entry["text"] for entry in typed], content["matches"])
        self.assertTrue(all({"start", "end", "text", "type"} <= set(entry) for entry in typed))

    def test_entries_have_type_and_signature(self):
        self.ok("function twice(n: number): number { return 2 * n }")
        (entry,) = self.complete("twic")["metadata"]["_jupyter_types_experimental"]
        self.assertEqual(
            entry, {"start": 0, "end": 4, "text": "twice", "type": "function", "signature": "(n: number): number"}
        )

    def test_keys_that_are_no_names(self):
        self.ok("const row = { year: 1, 'bill length': 2 }")
        content = self.complete("'🙂'; row.")
        self.assertEqual(content["matches"], ['["bill length"]', ".year"])
        self.assertEqual((content["cursor_start"], content["cursor_end"]), (8, 9))
        self.assertEqual(self.complete("row['bill l']", 11)["matches"], ["bill length"])

    def test_not_in_comments_and_texts(self):
        self.ok("const penguins = { adelie: 1 }")
        for code in ("// pengu", "/* pengu", "'pengu", "`pengu"):
            self.assertEqual(self.complete(code)["matches"], [], code)

    def test_nothing_to_complete_is_ok(self):
        content = self.complete("nothing.at.all.")
        self.assertEqual((content["status"], content["matches"]), ("ok", []))


class Inspection(KernelCase):
    def inspect(self, code, cursor=None, detail=0):
        return self.reply(self.client.inspect(code, cursor, detail))["content"]

    def test_a_function_of_the_cells_with_its_documentation(self):
        self.ok("/** Twice the number. */\nfunction twice(n: number) { return 2 * n }")
        for detail in (0, 1):
            content = self.inspect("twice(4)", 3, detail)
            self.assertTrue(content["found"])
            self.assertEqual(set(content["data"]), {"text/plain", "text/markdown"})
            plain = content["data"]["text/plain"]
            self.assertEqual(plain.split("\n\n")[:2], ["function twice(n: number): number", "Twice the number."])
            # The source, and where it is, at the second level only.
            self.assertEqual("Cell In[" in plain, detail == 1)
            self.assertEqual("return 2 * n" in plain, detail == 1)

    def test_in_a_call_its_parameter_counted_in_characters(self):
        self.ok("function area(width: number, height: number) { return width * height }")
        code = "const s = '🙂🙂'; area(1, 2)"
        for cursor, parameter in ((code.index("1,"), "▸ width: number"), (code.index("2)"), "▸ height: number")):
            self.assertIn(parameter, self.inspect(code, cursor)["data"]["text/plain"])

    def test_while_a_cell_runs(self):
        self.ok("const early = 'early'")
        request = self.client.execute("await new Promise(resolve => setTimeout(resolve, 1500))")
        plain = self.inspect("early", 2, 1)["data"]["text/plain"]
        self.assertIn("const early: ", plain)
        self.assertNotIn("Value", plain)
        self.assertEqual(self.reply(request)["content"]["status"], "ok")

    def test_what_a_name_holds_now(self):
        self.ok(
            "let held: unknown = { rows: [1, 2, 3] }; let read = 0;\n"
            "const live = { get now() { read++; return 1 }, deep: { deeper: { deepest: {} } } };\n"
            "const proxy = new Proxy({ a: 1 }, { get() { read++; return 2 } });\n"
            "class Odd { [Symbol.for('nodejs.util.inspect.custom')]() { read++; return 'odd' } }\nconst odd = new Odd();"
        )
        value = lambda code: self.inspect(code, detail=1)["data"]["text/plain"].split("\n\n")
        self.assertEqual(value("held")[:3], ["let held: unknown", "Value", "  { rows: [ 1, 2, 3 ] }"])
        self.ok("held = new Map([['key', 'x']])")
        self.assertEqual(value("held")[1:3], ["Value", "  Map(1) { 'key' => 'x' }"])
        self.assertEqual(value("live.deep")[1:3], ["Value", "  { deeper: { deepest: {} } }"])
        self.assertIn("now: [Getter]", value("live")[2])
        self.assertEqual(value("odd")[1:3], ["Value", "  Odd {}"])
        for code in ("live.now", "proxy", "proxy.a"):
            self.assertNotIn("Value", value(code), code)
        self.assertEqual(self.value("read"), "0")
        self.assertNotIn("Value", self.inspect("held", detail=0)["data"]["text/plain"])

    def test_what_is_not_there_is_not_found(self):
        for code, cursor in (("nowhere", None), ("return", 3), ("'text'", 2), ("", 0), ("1 + 2", 99), ("// twice", 5)):
            with self.subTest(code=code):
                expected = {"status": "ok", "found": False, "data": {}, "metadata": {}}
                self.assertEqual(self.inspect(code, cursor), expected)

    def test_a_question_opens_a_page(self):
        self.ok("/** Thrice the number. */\nfunction thrice(n: number) { return 3 * n }")
        for code, has_source in (("thrice?", False), ("?thrice", False), ("thrice??", True)):
            reply, _ = self.run_cell(code)
            (page,) = reply["content"]["payload"]
            self.assertEqual((page["source"], page["start"]), ("page", 0))
            self.assertIn("Thrice the number.", page["data"]["text/plain"])
            self.assertEqual("return 3 * n" in page["data"]["text/plain"], has_source, code)


class Completeness(KernelCase):
    def test_with_the_indent_of_the_next_line(self):
        for code, expected in {
            "1": {"status": "complete"},
            "for (const a of [1]) {": {"status": "incomplete", "indent": "  "},
            "class A {\n  b() {": {"status": "incomplete", "indent": "    "},
            "f(1,": {"status": "incomplete", "indent": "  "},
            "const mean = (values: number[]) =>": {"status": "incomplete", "indent": "  "},
            "/**\n * Twice.": {"status": "incomplete", "indent": " * "},
            "const = 5": {"status": "invalid"},
            "await fetch('x')": {"status": "complete"},
        }.items():
            with self.subTest(code=code):
                self.assertEqual(self.reply(self.client.is_complete(code))["content"], expected)


if __name__ == "__main__":
    unittest.main()
