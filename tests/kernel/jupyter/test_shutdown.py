"""A kernel ends by itself when it is asked, whatever it does then."""
import time
import unittest

import zmq
from case import KERNEL, TIMEOUT, KernelPerTest, ended
from jupyter_client.manager import KernelManager

# Takes TypeScript about 20 s.
ENDLESS_TYPES = """
type Grow<T, D extends 0[] = []> = D['length'] extends 24 ? T : Grow<[T, 1], [...D, 0]> | Grow<[T, 2], [...D, 0]>;
const grown: Grow<1> = 1 as never;"""


class Shutdown(KernelPerTest):
    def ends_by_itself(self, manager=None, client=None):
        manager, client = manager or self.manager, client or self.client
        client.control_channel.send(client.session.msg("shutdown_request", {"restart": False}))
        # Jupyter kills what has not ended after five seconds.
        self.assertTrue(ended(manager, 5))
        # It ended by itself: after two seconds it would have killed itself.
        self.assertEqual(manager.provisioner.process.returncode, 0)

    def test_in_each_state(self):
        for state, code in {
            "idle": "console.log('in')",
            "a loop": "console.log('in'); while (true);",
            "an await": "console.log('in'); await new Promise(() => {});",
            "a question": "console.log('in'); prompt('?');",
            "a flood": "console.log('in'); for (;;) console.log('x'.repeat(1000));",
            "a flood of displays": "import { display } from 'learnable/kernel';\n"
            "console.log('in'); for (let i = 0; ; i++) display.html(`<b>${i}</b>`);",
            "a loop that catches": "console.log('in'); for (;;) try { while (true); } catch {}",
            "a loop of timers": "console.log('in'); for (;;) await new Promise(r => setTimeout(r, 1));",
            "a loop after its cell": "console.log('in'); setTimeout(() => { while (true); }, 10);",
        }.items():
            with self.subTest(state=state):
                self.client.execute(code, allow_stdin=True)
                self.wait_for_output("in")
                time.sleep(0.1)
                self.ends_by_itself()
            self.tearDown()
            self.setUp()

    def test_while_a_cell_is_checked(self):
        self.client.execute(ENDLESS_TYPES)
        time.sleep(0.3)
        self.ends_by_itself()

    def test_while_the_first_check_goes_on(self):
        manager = KernelManager(kernel_name=KERNEL)
        manager.start_kernel()
        client = manager.blocking_client()
        client.start_channels()
        client.kernel_info()
        client.get_shell_msg(timeout=TIMEOUT)
        self.ends_by_itself(manager, client)
        client.stop_channels()

    def test_while_nobody_reads(self):
        deaf = zmq.Context.instance().socket(zmq.SUB)
        deaf.rcvhwm = 1
        deaf.subscribe(b"")
        deaf.connect(f"tcp://127.0.0.1:{self.manager.iopub_port}")
        self.client.execute("console.log('in'); for (;;) console.log('x'.repeat(1000));")
        self.wait_for_output("in")
        self.addCleanup(deaf.close, linger=0)
        self.client.iopub_channel.stop()
        time.sleep(1)
        self.ends_by_itself()


if __name__ == "__main__":
    unittest.main()
