"""Notebooks that a program runs: nbclient, nbconvert, `jupyter run`, and parameters injected as papermill does it."""
import json
import os
import subprocess
import sys
import tempfile
import unittest

import nbformat
from case import KERNEL
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
METADATA = {"kernelspec": {"name": KERNEL, "display_name": "TypeScript", "language": "typescript"}}
DISPLAY = "import { display, clearOutput, progress } from 'learnable/kernel';\n"


def notebook(*cells):
    """A notebook whose code cells are given as text."""
    cells = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return new_notebook(cells=cells, metadata=METADATA)


def run(made, **options):
    NotebookClient(made, timeout=60, **options).execute()
    nbformat.validate(made)
    return [cell.get("outputs") for cell in made.cells if cell.cell_type == "code"]


def shown(outputs):
    return [output.get("text") or output.get("evalue") or output["data"]["text/plain"] for output in outputs]


class Nbclient(unittest.TestCase):
    maxDiff = None

    def test_every_kind_of_cell(self):
        made = notebook(
            new_markdown_cell("# Text"),
            "const six: number = 6; console.log('a'); console.error('b'); six * 7",
            new_raw_cell("neither run nor checked ("),
            "",
            "// only a comment",
            "[{ a: 1 }, { a: 2 }]",
            "const answer = await Promise.resolve('awaited'); answer",
            f"{DISPLAY}display.html('<b>bold</b>'); display.image(Buffer.from('iVBORw0KGgo=', 'base64'))",
        )
        outputs = run(made)
        self.assertEqual(shown(outputs[0]), ["a\n", "b\n", "42"])
        self.assertEqual([output.get("name") for output in outputs[0]], ["stdout", "stderr", None])
        self.assertEqual(outputs[1:3], [[], []])
        self.assertIn("text/html", outputs[3][0]["data"])
        self.assertEqual(shown(outputs[4]), ["'awaited'"])
        self.assertEqual([list(output["data"])[0] for output in outputs[5]], ["text/html", "image/png"])
        counts = [cell.execution_count for cell in made.cells if cell.cell_type == "code" and cell.source]
        self.assertEqual(counts, [1, 2, 3, 4, 5])

    def test_what_is_cleared_and_redrawn(self):
        outputs = run(
            notebook(
                f"{DISPLAY}for (const n of [1, 2, 3]) {{ clearOutput(true); console.log(n) }}",
                "const place = display('first'); place.update('second')",
                "place.update('third')",
                "for (const n of progress(5)) void n",
            )
        )
        self.assertEqual(shown(outputs[0]), ["3\n"])
        # A redraw from a later cell reaches the one that showed it.
        self.assertIn("third", shown(outputs[1])[0])
        self.assertEqual(outputs[2], [])
        self.assertIn("5", shown(outputs[3])[-1])

    def test_an_error_ends_the_run_and_names_the_cell(self):
        made = notebook("1", "throw new RangeError('too far')", "'never'")
        with self.assertRaises(CellExecutionError) as raised:
            run(made)
        self.assertEqual((raised.exception.ename, raised.exception.evalue), ("RangeError", "too far"))
        self.assertIn("throw new RangeError('too far')", str(raised.exception))
        self.assertEqual(made.cells[2].outputs, [])

    def test_with_errors_allowed_every_cell_runs(self):
        outputs = run(
            notebook("throw new Error('x')", "const wrong: number = 'text'", "a b", "'after'"), allow_errors=True
        )
        self.assertEqual([output[0]["output_type"] for output in outputs], ["error", "error", "error", "execute_result"])
        self.assertIn("'string' is not assignable", outputs[1][0]["evalue"])

    def test_a_cell_may_say_that_it_raises(self):
        raises = new_code_cell("throw new Error('expected')", metadata={"tags": ["raises-exception"]})
        outputs = run(notebook(raises, "'after'"))
        self.assertEqual([shown(output) for output in outputs], [["expected"], ["'after'"]])

    def test_a_timeout_interrupts_and_the_run_goes_on(self):
        made = notebook("var kept = 'kept'", "while (true);", "await new Promise(() => {})", "kept")
        NotebookClient(made, timeout=1, interrupt_on_timeout=True, allow_errors=True).execute()
        outputs = [cell.outputs for cell in made.cells]
        self.assertEqual([outputs[index][0]["ename"] for index in (1, 2)], ["Interrupted", "Interrupted"])
        self.assertEqual(shown(outputs[3]), ["'kept'"])

    def test_a_timeout_without_an_interrupt_ends_the_run(self):
        with self.assertRaises(CellTimeoutError):
            NotebookClient(notebook("while (true);"), timeout=1).execute()

    def test_a_kernel_that_ends_is_told(self):
        made = notebook("console.log('bye'); process.exit(3)", "1")
        with self.assertRaises(CellExecutionError) as raised:
            run(made)
        self.assertEqual(raised.exception.ename, "KernelExit")

    def test_a_flood_is_stored_whole(self):
        [output] = run(notebook("for (let i = 0; i < 100_000; i++) console.log(i)"))
        self.assertEqual("".join(shown(output)), "".join(f"{number}\n" for number in range(100_000)))

    def test_as_papermill_runs_it(self):
        defaults = new_code_cell("var epochs: number = 1\nvar name = 'none'", metadata={"tags": ["parameters"]})
        made = notebook("const before = 'set up'", defaults, "`${before} ${name} ${epochs}`")
        # It writes another cell after the one that is tagged, in the language that the metadata name.
        place = next(index for index, cell in enumerate(made.cells) if "parameters" in cell.metadata.get("tags", []))
        source = '// Parameters\nvar epochs = 20;\nvar name = "ünï\\n🙂";\n'
        injected = new_code_cell(source, metadata={"tags": ["injected-parameters"]})
        made.cells.insert(place + 1, injected)
        progress = []

        class Engine(NotebookClient):
            async def async_execute_cell(self, cell, cell_index, **options):
                progress.append(("starts", cell_index))
                done = await super().async_execute_cell(cell, cell_index, **options)
                progress.append(("ended", cell_index, done.execution_count))
                return done

        Engine(made, timeout=60, record_timing=True).execute()  # the kernel is the one of the metadata
        self.assertEqual(shown(made.cells[3].outputs), ["'set up ünï\\n🙂 20'"])
        self.assertEqual(progress, [step for n in range(4) for step in (("starts", n), ("ended", n, n + 1))])
        for field in ("iopub.status.busy", "iopub.execute_input", "iopub.status.idle", "shell.execute_reply"):
            self.assertIn(field, made.cells[0].metadata["execution"])
        # What the injected cell writes is checked as any other.
        injected.source = "epochs = 'many'"
        with self.assertRaisesRegex(CellExecutionError, "'string' is not assignable to type 'number'"):
            NotebookClient(made, timeout=60).execute()


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="with a space ")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def command(self, *command, **options):
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=self.folder, capture_output=True, text=True, timeout=120, **options
        )

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        return path

    def test_nbconvert_executes_to_a_notebook_and_to_html(self):
        made = notebook(new_markdown_cell("# Title"), "const a: number = 6\na * 7", "[{ x: 1 }]")
        source = self.write("my notebook.ipynb", nbformat.writes(made))
        done = self.command("nbconvert", "--execute", "--to", "notebook", "--inplace", source)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(source, encoding="utf-8") as file:
            executed = json.load(file)
        self.assertEqual(executed["cells"][1]["outputs"][0]["data"]["text/plain"], ["42"])
        self.assertEqual(executed["metadata"]["language_info"]["name"], "typescript")

        done = self.command("nbconvert", "--execute", "--to", "html", "--stdout", source)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("42", done.stdout)
        self.assertIn("<table", done.stdout)

    def test_nbconvert_writes_a_script_that_compiles_and_runs(self):
        cells = [
            new_markdown_cell("# Title with `code`"),
            "import { basename } from 'node:path';\nconst six: number = 6",
            "interface Named { name: string }\nconst named: Named = { name: basename('/a/b') }",
            "const later = await Promise.resolve(six * 7)",
            "console.log(named.name, later)",
        ]
        source = self.write("my notebook.ipynb", nbformat.writes(notebook(*cells)))
        done = self.command("nbconvert", "--execute", "--to", "notebook", "--inplace", source)
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.command("nbconvert", "--to", "script", source)
        self.assertEqual(done.returncode, 0, done.stderr)
        script = os.path.join(self.folder, "my notebook.ts")
        self.write("package.json", '{ "type": "module" }')
        tsc = ["node", os.path.join(ROOT, "node_modules", "typescript", "bin", "tsc")]
        types = ["--types", "node", "--typeRoots", os.path.join(ROOT, "node_modules", "@types")]
        options = ["--strict", "--target", "es2023", "--module", "nodenext", "--ignoreConfig", *types]
        done = subprocess.run([*tsc, *options, script], capture_output=True, text=True, timeout=120)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        done = subprocess.run(["node", script.replace(".ts", ".js")], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stdout, "b 42\n", done.stderr)

    def test_nbconvert_stops_at_an_error_unless_errors_are_allowed(self):
        source = self.write("wrong.ipynb", nbformat.writes(notebook("throw new Error('oops')", "1 + 1")))
        done = self.command("nbconvert", "--execute", "--to", "notebook", "--stdout", source)
        self.assertEqual(done.returncode, 1)
        self.assertIn("Error: oops", done.stderr)
        done = self.command("nbconvert", "--execute", "--allow-errors", "--to", "notebook", "--stdout", source)
        cells = json.loads(done.stdout)["cells"]
        self.assertEqual([cell["outputs"][0]["output_type"] for cell in cells], ["error", "execute_result"])

    def test_jupyter_run_runs_a_file_and_standard_input(self):
        script = self.write("hello.ts", "const name: string = 'Ada'\nconsole.log(`hello ${name}`)\nconsole.error('careful')\n")
        done = self.command("jupyter_client.runapp", "--kernel", KERNEL, script)
        self.assertEqual((done.returncode, done.stdout), (0, "hello Ada\n"), done.stderr)
        self.assertIn("careful\n", done.stderr)
        done = self.command("jupyter_client.runapp", "--kernel", KERNEL, input="console.log(6 * 7)")
        self.assertEqual((done.returncode, done.stdout), (0, "42\n"), done.stderr)

    def test_jupyter_execute(self):
        source = self.write("n.ipynb", nbformat.writes(notebook("console.log('ran')", "throw new Error('oops')")))
        done = self.command("jupyter", "execute", source)
        self.assertIn("Error: oops", done.stderr)
        done = self.command("jupyter", "execute", "--allow-errors", source)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
