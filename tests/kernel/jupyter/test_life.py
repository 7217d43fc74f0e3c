"""How a kernel ends, and how Jupyter starts it again."""
import asyncio
import signal
import time
import unittest

from case import KERNEL, TIMEOUT, KernelPerTest, ended, printed, types
from jupyter_client.ioloop import AsyncIOLoopKernelManager
from jupyter_client.manager import KernelManager


async def published_of(client, request, until=None):
    """What is published of that request, up to `idle` or a message of that type."""
    messages = []
    while True:
        message = await client.get_iopub_msg(timeout=TIMEOUT)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] == until or message["content"].get("execution_state") == "idle":
            return messages
        if message["msg_type"] != "status":
            messages.append(message)


class Life(KernelPerTest):
    def test_shutdown_is_answered_and_told_to_all(self):
        for restart in (False, True):
            with self.subTest(restart=restart):
                message = self.client.session.msg("shutdown_request", {"restart": restart})
                self.client.control_channel.send(message)
                reply = self.reply(message["header"]["msg_id"], channel="control")
                self.assertEqual(reply["content"], {"status": "ok", "restart": restart})
                self.assertEqual(types(self.published(message["header"]["msg_id"])), ["shutdown_reply"])
                self.assertTrue(ended(self.manager))
                self.assertEqual(self.manager.provisioner.process.returncode, 0)
            self.tearDown()
            self.setUp()

    def test_shutdown_while_a_cell_spins(self):
        self.client.execute("console.log('in'); while (true);")
        self.wait_for_output("in")
        began = time.monotonic()
        self.manager.shutdown_kernel()
        self.assertEqual(self.manager.provisioner.process, None)
        # Jupyter kills what has not ended after five seconds.
        self.assertLess(time.monotonic() - began, 4.5)

    def test_a_restart_forgets_everything_and_keeps_the_connection(self):
        self.ok("var before = 1")
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=TIMEOUT)
        reply, published = self.run_cell("typeof (globalThis as any).before")
        self.assertEqual(published[-1]["content"]["data"]["text/plain"], "'undefined'")
        self.assertEqual(reply["content"]["execution_count"], 1)
        request = self.client.history(hist_access_type="range", session=0, start=0)
        [row] = self.reply(request)["content"]["history"]
        self.assertEqual(row[1:], [1, "typeof (globalThis as any).before"])

    def test_process_exit_is_told(self):
        request = self.client.execute("console.log('bye'); process.exit(3)")
        self.assertEqual(self.reply(request)["content"]["ename"], "KernelExit")
        published = self.published(request)
        self.assertEqual((printed(published), published[-1]["msg_type"]), ("bye\n", "error"))
        self.assertTrue(ended(self.manager))
        self.assertEqual(self.manager.provisioner.process.returncode, 3)

    def test_sigterm_ends_it(self):
        self.manager.signal_kernel(signal.SIGTERM)
        self.assertTrue(ended(self.manager))

    def test_jupyters_restarter_starts_it_again_after_it_was_killed(self):
        asyncio.run(self.killed_and_restarted())

    async def killed_and_restarted(self):
        manager = AsyncIOLoopKernelManager(kernel_name=KERNEL, autorestart=True)
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        restarted = asyncio.Event()
        manager.add_restart_callback(restarted.set)
        try:
            await client.wait_for_ready(timeout=TIMEOUT)
            await published_of(client, client.execute("var before = 1"))
            spinning = client.execute("console.log('in'); while (true);")
            await published_of(client, spinning, until="stream")
            await asyncio.sleep(0.3)  # a cell that runs that long is remembered
            manager.provisioner.process.kill()
            await asyncio.wait_for(restarted.wait(), 30)  # which is said before it starts
            while not await manager.is_alive():
                await asyncio.sleep(0.02)
            await client.wait_for_ready(timeout=TIMEOUT)
            published = await published_of(client, client.execute("typeof (globalThis as any).before"))
            self.assertEqual(published[-1]["content"]["execution_count"], 1)
            self.assertEqual(published[-1]["content"]["data"]["text/plain"], "'undefined'")
            # It says what the last one was in the middle of.
            self.assertIn("ended in the middle of Cell In[2]", printed(published, "stderr"))
        finally:
            manager.stop_restarter()
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    def test_four_at_once_do_not_mix_up(self):
        kernels = []
        try:
            for _ in range(4):
                manager = KernelManager(kernel_name=KERNEL)
                manager.start_kernel()
                client = manager.blocking_client()
                client.start_channels()
                kernels.append((manager, client))
            for number, (_, client) in enumerate(kernels):
                client.wait_for_ready(timeout=TIMEOUT)
                self.run_cell(f"var mine = {number}", client)
            for number, (_, client) in enumerate(kernels):
                self.assertEqual(self.value("mine", client=client), str(number))
        finally:
            for manager, client in kernels:
                client.stop_channels()
                manager.shutdown_kernel()

    def test_a_connection_over_ipc(self):
        manager = KernelManager(kernel_name=KERNEL, transport="ipc")
        manager.start_kernel()
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=TIMEOUT)
            self.assertEqual(self.value("6 * 7", client=client), "42")
        finally:
            client.stop_channels()
            manager.shutdown_kernel()


if __name__ == "__main__":
    unittest.main()
