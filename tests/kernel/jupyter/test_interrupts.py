"""Interrupts as clients send them, by message and by signal, with the state kept."""
import os
import signal
import time
import unittest

from case import KernelCase, printed, types

PLACES = {
    "a tight loop": "console.log('in'); while (true);",
    "a loop that prints": "console.log('in'); while (true) console.log('x'.repeat(1000));",
    "a pending await": "console.log('in'); await new Promise(() => {});",
    "a loop after an await": "await 0; console.log('in'); while (true);",
    "endless microtasks": "console.log('in'); const again = (): Promise<void> => Promise.resolve().then(again); await again();",
    "a timer": "await new Promise(() => setTimeout(() => { console.log('in'); while (true); }, 1));",
    "a catch that tries to hold it": "console.log('in'); for (;;) try { while (true); } catch {}",
    "a for await": "async function* ticks() { for (;;) { await new Promise(r => setTimeout(r, 5)); yield 1 } }\n"
    "console.log('in'); for await (const _ of ticks());",
}


class Interrupts(KernelCase):
    def interrupt(self):
        self.assertEqual(self.ask("interrupt_request", channel="control")["content"], {"status": "ok"})

    def test_in_every_place_with_the_state_kept(self):
        for round_number, (place, code) in enumerate(PLACES.items()):
            with self.subTest(place=place):
                running = self.client.execute(f"var kept = {round_number}; {code}")
                self.wait_for_output("in")
                self.interrupt()
                reply = self.reply(running)["content"]
                self.assertEqual((reply["status"], reply["ename"]), ("error", "Interrupted"))
                self.assertEqual(self.value("kept"), str(round_number))

    def test_cells_that_wait_are_aborted(self):
        spinning = self.client.execute("console.log('in'); while (true);")
        waiting = [self.client.execute("1") for _ in range(3)]
        self.wait_for_output("in")
        self.manager.interrupt_kernel()
        self.assertEqual(self.reply(spinning)["content"]["ename"], "Interrupted")
        self.assertEqual([self.reply(request)["content"]["status"] for request in waiting], ["aborted"] * 3)

    def test_an_idle_kernel_is_not_harmed(self):
        for _ in range(5):
            self.interrupt()
        self.assertEqual(self.value("1 + 1"), "2")

    def test_many_while_one_cell_runs(self):
        spinning = self.client.execute("console.log('in'); while (true);")
        self.wait_for_output("in")
        requests = [self.client.session.msg("interrupt_request") for _ in range(10)]
        for request in requests:
            self.client.control_channel.send(request)
        for request in requests:
            self.assertEqual(self.reply(request["header"]["msg_id"], channel="control")["content"]["status"], "ok")
        self.assertEqual(self.reply(spinning)["content"]["ename"], "Interrupted")
        self.assertEqual(self.value("'well'"), "'well'")

    def test_at_any_time_of_a_short_cell(self):
        for step in range(20):
            request = self.client.execute("let sum = 0; for (let i = 0; i < 1e6; i++) sum += i; sum")
            time.sleep(step / 1000)
            self.interrupt()
            reply = self.reply(request)["content"]
            self.assertIn((reply["status"], reply.get("ename")), (("ok", None), ("error", "Interrupted")))
            self.assertEqual(self.value("40 + 2"), "42")

    def test_the_signal_of_the_cell_aborts_what_listens(self):
        waiting = self.client.execute(
            "const { signal } = (globalThis as any)[Symbol.for('learnable.display')];\n"
            "signal.addEventListener('abort', () => console.log('told'));\n"
            "console.log('in'); await new Promise(() => {});"
        )
        self.wait_for_output("in")
        self.manager.interrupt_kernel()
        self.assertEqual(printed(self.published(waiting)), "told\n")
        self.assertEqual(self.reply(waiting)["content"]["ename"], "Interrupted")


@unittest.skipIf(os.name == "nt", "Windows has no SIGINT between processes")
class InterruptsBySignal(Interrupts):
    """As a kernelspec may ask for it, and as `kill -INT` does it: to the kernel alone, or to its whole group."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.kernel_spec.interrupt_mode = "signal"

    def interrupt(self):
        self.manager.interrupt_kernel()
        time.sleep(0.05)  # no answer tells when it has arrived: it could meet the cell that is sent next

    def test_to_the_process_alone(self):
        for code in PLACES.values():
            running = self.client.execute(code)
            self.wait_for_output("in")
            os.kill(self.manager.provisioner.process.pid, signal.SIGINT)
            self.assertEqual(self.reply(running)["content"]["ename"], "Interrupted")
            self.published(running)  # a flood is read here

    def test_what_is_checked_afterwards_is_checked(self):
        # The signal reached TypeScript's process too: the next cells are checked all the same, without a word.
        for _ in range(3):
            waiting = self.client.execute("console.log('in'); await new Promise(() => {});")
            self.wait_for_output("in")
            self.interrupt()
            self.assertEqual(self.reply(waiting)["content"]["ename"], "Interrupted")
            self.assertEqual(types(self.ok("2 * 3")), ["execute_result"])
            self.assertIn(
                "Type 'string' is not assignable", self.run_cell("const six: number = 'six'")[0]["content"]["evalue"]
            )


if __name__ == "__main__":
    unittest.main()
