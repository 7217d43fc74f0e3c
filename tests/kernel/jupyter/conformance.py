"""Jupyter's own conformance suite, with samples for our kernel."""
import unittest

import jupyter_kernel_test

CHANNEL = "(globalThis as any)[Symbol.for('learnable.display')]"


class LearnableKernel(jupyter_kernel_test.KernelTests):
    kernel_name = "tslab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('test')"
    complete_code_samples = ["1", "const a = 1", "function f() { return 1 }"]
    code_generate_error = "throw new Error('x')"
    code_execute_result = [
        {"code": "6*7", "result": "42"},
        {"code": "[1, 2].length", "result": "2"},
    ]
    code_display_data = [{"code": CHANNEL + ".display({'text/html': '<b>x</b>'})", "mime": "text/html"}]
    code_history_pattern = "6?7*"
    supported_history_operations = ("tail", "range", "search")
    code_clear_output = CHANNEL + ".clearOutput()"


if __name__ == "__main__":
    unittest.main()
