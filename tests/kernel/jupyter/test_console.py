"""`jupyter console` in a terminal, with somebody who types."""
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest

import pexpect
from case import KERNEL, TIMEOUT
from jupyter_client.kernelspec import KernelSpecManager

ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-_])")
TAB, CTRL_C, CTRL_D = "\t", "\x03", "\x04"


class Terminal:
    """What a program shows, without colours and cursor movements, read from where the last match ended."""

    def __init__(self, *command, **environment):
        env = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **environment}
        self.program = pexpect.spawn(command[0], list(command[1:]), env=env, encoding="utf8", dimensions=(50, 200))
        self.shown, self.seen = "", 0

    def expect(self, pattern):
        until = time.monotonic() + TIMEOUT
        while time.monotonic() < until:
            text = ANSI.sub("", self.shown)[self.seen :]
            if match := re.search(pattern, text):
                self.seen += match.end()
                return match
            try:
                self.shown += self.program.read_nonblocking(10_000, 0.1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                break
        raise AssertionError(f"expected {pattern!r} on the terminal, which shows\n{ANSI.sub('', self.shown)[self.seen:]}")

    def type(self, text):
        self.program.send(text)

    def ended(self):
        self.program.expect(pexpect.EOF, timeout=TIMEOUT)
        self.program.close()
        return self.program.exitstatus


class Console(unittest.TestCase):
    def start(self, *options, **environment):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        command = [sys.executable, "-m", "jupyter_console", *options]
        self.terminal = Terminal(*command, JUPYTER_CONFIG_DIR=home.name, **environment)
        self.addCleanup(self.terminal.program.close, force=True)
        number = self.terminal.expect(r"In \[(\d+)\]: ").group(1)
        self.number = int(number)

    def prompt(self):
        self.number += 1
        self.terminal.expect(rf"In \[{self.number}\]: ")

    def enter(self, line, *expected):
        self.terminal.type(f"{line}\r")
        for pattern in expected:
            self.terminal.expect(pattern)
        self.prompt()

    def leave(self):
        self.terminal.type(CTRL_D)
        self.terminal.expect("exit")
        self.terminal.type("y\r")
        self.assertEqual(self.terminal.ended(), 0)

    def test_a_session(self):
        self.start("--kernel", KERNEL)
        # Its banner comes from the kernel.
        self.assertIn("TypeScript, checked before it runs", ANSI.sub("", self.terminal.shown))
        self.enter("const penguins = { adelie: 1, gentoo: 2 }")
        self.enter("penguins", r"Out\[2\]: \{ adelie: 1, gentoo: 2 \}")
        self.enter("console.log('printed'); console.error('on stderr')", "\nprinted", "on stderr")

        # Tab completes a name that is the only one.
        self.terminal.type(f"penguins.ade{TAB}")
        self.terminal.expect("lie")
        self.enter("", r"Out\[4\]: 1")
        # … and shows a menu of several.
        self.terminal.type(f"penguins.{TAB}")
        self.terminal.expect("adelie")
        self.terminal.expect("gentoo")
        self.enter("gentoo", r"Out\[5\]: 2")

        # The console asks after each line whether the cell is complete, and takes the indent from the kernel.
        self.terminal.type("function twice(n: number) {\r")
        self.terminal.expect(r"\.\.\.:   ")
        self.terminal.type("return 2 * n\r")
        self.terminal.expect(r"\.\.\.: ")
        self.enter("}")
        self.enter("twice(21)", r"Out\[\d+\]: 42")

        self.enter("const wrong: number = 'text'", "Type 'string' is not assignable to type 'number'")
        self.enter("throw new Error('thrown')", "Error: thrown")

        self.terminal.type("const name = prompt('who? '); `hello ${name}`\r")
        self.terminal.expect(r"\nwho\? ")
        self.enter("Ada", "'hello Ada'")
        self.leave()

    def test_ctrl_c_stops_what_runs(self):
        self.stops_what_runs()

    def test_ctrl_c_where_the_kernelspec_asks_for_a_signal(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        installed = KernelSpecManager().get_kernel_spec(KERNEL)
        spec = os.path.join(folder.name, "kernels", KERNEL)
        os.makedirs(spec)
        with open(os.path.join(spec, "kernel.json"), "w") as file:
            json.dump({**installed.to_dict(), "interrupt_mode": "signal"}, file)
        self.stops_what_runs(JUPYTER_PATH=folder.name)

    def stops_what_runs(self, **environment):
        # With its full prompt this version of the console loses Ctrl-C on Python 3.11, whichever the kernel.
        self.start("--kernel", KERNEL, "--simple-prompt", **environment)
        self.enter("const kept = 'kept'")
        for code in ("while (true);", "await new Promise(() => {});", "await 0; while (true);"):
            self.terminal.type(f"console.log('runs'); {code}\r")
            self.terminal.expect("\nruns")
            self.terminal.type(CTRL_C)
            self.terminal.expect("Interrupted: the cell was stopped")
            self.prompt()
            self.enter("kept", r"Out\[\d+\]: 'kept'")
        self.leave()

    def test_one_after_another_connect_to_a_kernel_that_stays(self):
        command = [sys.executable, "-m", "jupyter", "kernel", "--kernel", KERNEL]
        kernel = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.addCleanup(kernel.communicate)
        self.addCleanup(kernel.terminate)
        file = next(line.split()[-1] for line in kernel.stderr if "--existing" in line)
        for visit in (1, 2):
            self.start("--existing", file)
            self.terminal.type("(globalThis as any).visits = ((globalThis as any).visits ?? 0) + 1\r")
            self.terminal.expect(rf"Out\[{visit}\]: {visit}\s+In \[{visit + 1}\]: ")
            self.leave()
        kernel.terminate()
        self.assertIn("Shutting down", kernel.communicate(timeout=TIMEOUT)[1])
        self.assertEqual(kernel.returncode, 0)


if __name__ == "__main__":
    unittest.main()
