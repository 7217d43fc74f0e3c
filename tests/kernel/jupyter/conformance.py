"""Jupyter's own conformance suite, with a sample for everything that it can test."""
import unittest

import jupyter_kernel_test

SHOW = "(globalThis as any)[Symbol.for('learnable.display')].display({ '%s': %s })"
SHOWN = {
    "text/plain": "'words'",
    "text/html": "'<b>words</b>'",
    "text/markdown": "'*words*'",
    "text/latex": "'$x^2$'",
    "text/javascript": "'1'",
    "image/svg+xml": "'<svg xmlns=\"http://www.w3.org/2000/svg\"/>'",
    "image/png": "'iVBORw0KGgo='",
    "image/jpeg": "'/9j/4AAQ'",
    "image/gif": "'R0lGODlh'",
    "application/pdf": "'JVBERi0='",
    "application/json": "{ a: [1, null] }",
    "application/vnd.plotly.v1+json": "{ data: [], layout: {} }",
}


class LearnableKernel(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('test')"
    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "'é🙂'.toUpperC", "matches": {"toUpperCase"}},
        {"text": "globalThi", "matches": {"globalThis"}},
        {"text": "const "},
        {"text": ""},
        {"text": "this is no code ("},
    ]
    complete_code_samples = [
        "1",
        "",
        "const a = 1",
        "function f() { return 1 }",
        "await 1",
        "import { readFileSync } from 'node:fs'",
        "`a\n${1}`",
        "// a comment",
    ]
    incomplete_code_samples = [
        "function f() {",
        "[1,",
        "`text",
        "/* a comment",
        "1 +",
        "const a =",
        "if (1 > 0) {\n  f({",
        "class A {\n  b() {}",
    ]
    invalid_code_samples = ["const = 5", "function 1() {}", "a b", "}", "[1, 2))", "'text"]
    code_page_something = "Math.max?"
    code_inspect_sample = "Math.max"
    code_generate_error = "throw new Error('x')"
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": "[1, 2].length", "result": "2"},
        {"code": "'a' + 'é🙂'", "result": "'aé🙂'"},
        {"code": "[{ a: 1 }, { a: 2 }]", "mime": "text/html"},
        {"code": "await Promise.resolve({ a: 1 })", "result": "{ a: 1 }"},
    ]
    code_display_data = [{"code": SHOW % shown, "mime": shown[0]} for shown in SHOWN.items()]
    code_history_pattern = "6?7*"
    supported_history_operations = ("tail", "range", "search")
    code_clear_output = "(globalThis as any)[Symbol.for('learnable.display')].clearOutput()"

    def test_every_sample_that_the_suite_knows_is_given(self):
        """A sample that a later version of the suite brings would only be skipped."""
        known = {name for name, value in vars(jupyter_kernel_test.KernelTests).items() if value in ("", [], ()) and name[0] != "_"}
        self.assertGreaterEqual(len(known), 15)
        self.assertEqual({name for name in known if not getattr(self, name)}, set())


if __name__ == "__main__":
    unittest.main()
