"""Comms, as the page of a widget uses them."""
import os
import unittest
import uuid

from case import KernelCase, printed, types

IMPORT = "import { openComm, registerCommTarget } from 'learnable/kernel';\n"


class Comms(KernelCase):
    def send(self, msg_type, comm, content=None, buffers=None):
        """Sends a message of a comm; what the kernel publishes because of it."""
        message = self.client.session.msg(msg_type, {"comm_id": comm, "data": {}, **(content or {})})
        message["buffers"] = buffers or []
        self.client.shell_channel.send(message)
        return self.published(message["header"]["msg_id"])

    def info(self, **target):
        return self.ask("comm_info_request", target)["content"]["comms"]

    def test_opened_by_the_page(self):
        self.ok(
            f"{IMPORT}registerCommTarget('echo', (comm, first) => {{"
            " comm.send({ opened: first.data });"
            " comm.onMessage(({ data, metadata, buffers }) => comm.send(data, { metadata, buffers }));"
            " comm.onClose(() => console.log('closed')) })"
        )
        comm = str(uuid.uuid4())
        [opened] = self.send("comm_open", comm, {"target_name": "echo", "data": {"by": "page"}})
        self.assertEqual(opened["content"], {"comm_id": comm, "data": {"opened": {"by": "page"}}})
        self.assertEqual(self.info(), {comm: {"target_name": "echo"}})
        self.assertEqual(self.info(target_name="echo"), {comm: {"target_name": "echo"}})
        self.assertEqual(self.info(target_name="other"), {})

        binary = [os.urandom(100_000), b"", bytes(range(256))]
        [echo] = self.send("comm_msg", comm, {"data": [1, {"two": None}]}, binary)
        self.assertEqual(echo["content"]["data"], [1, {"two": None}])
        self.assertEqual([bytes(buffer) for buffer in echo["buffers"]], binary)

        self.assertEqual(printed(self.send("comm_close", comm)), "closed\n")
        self.assertEqual(self.info(), {})
        self.assertEqual(types(self.send("comm_msg", comm)), [])

    def test_opened_by_a_cell(self):
        published = self.ok(
            f"{IMPORT}const slider = openComm('slider', {{ value: 1 }}, {{ metadata: {{ version: '2' }} }});"
            " slider.send({ moved: true }, { buffers: [new Float32Array([1, 2])] })"
        )
        self.assertEqual(types(published), ["comm_open", "comm_msg"])
        opened, moved = published
        self.assertEqual(opened["content"]["target_name"], "slider")
        self.assertEqual((opened["content"]["data"], opened["metadata"]), ({"value": 1}, {"version": "2"}))
        self.assertEqual(bytes(moved["buffers"][0]).hex(), "0000803f00000040")
        comm = opened["content"]["comm_id"]
        self.assertEqual(self.info(target_name="slider"), {comm: {"target_name": "slider"}})
        self.assertEqual(types(self.ok("slider.close({ why: 'done' })")), ["comm_close"])
        self.assertEqual(self.info(), {})

    def test_what_nobody_registered_is_closed(self):
        comm = str(uuid.uuid4())
        [closed] = self.send("comm_open", comm, {"target_name": "nobody"})
        self.assertEqual((closed["msg_type"], closed["content"]["comm_id"]), ("comm_close", comm))

    def test_an_error_in_a_handler_is_shown_and_the_comm_lives(self):
        self.ok(f"{IMPORT}registerCommTarget('bad', comm => {{ comm.onMessage(() => {{ throw new Error('inside') }}) }})")
        comm = str(uuid.uuid4())
        self.send("comm_open", comm, {"target_name": "bad"})
        for _ in range(2):
            self.assertIn("inside", printed(self.send("comm_msg", comm), "stderr"))
        self.assertIn(comm, self.info(target_name="bad"))
        self.send("comm_close", comm)

    def test_a_cell_that_awaits_hears_what_the_page_sends(self):
        [opened] = self.ok(f"{IMPORT}const line = openComm('line')")
        waiting = self.client.execute("await new Promise(done => line.onMessage(({ data }) => done(data)))")
        self.send("comm_msg", opened["content"]["comm_id"], {"data": {"answer": 42}})
        self.assertEqual(self.reply(waiting)["content"]["status"], "ok")
        self.ok("line.close()")


if __name__ == "__main__":
    unittest.main()
