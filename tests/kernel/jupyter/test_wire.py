"""Signatures, orphans, requests that the kernel does not know, and frames that are no message at all."""
import time
import unittest
import uuid

import zmq
from case import KernelCase, types
from jupyter_client import BlockingKernelClient
from jupyter_client.session import Session


class Wire(KernelCase):
    def frames(self, code, session=None):
        session = session or self.client.session
        return session.serialize(session.msg("execute_request", {"code": code}))

    def sends(self, frames):
        self.client.shell_channel.socket.send_multipart(frames)

    def assert_only(self, code, expected):
        """Nothing that was sent before ran, and the kernel is well."""
        self.assertEqual(self.value(code), expected)
        [tail] = self.ask("history_request", {"hist_access_type": "tail", "n": 1})["content"]["history"]
        self.assertEqual(tail[2], code)

    def test_a_message_with_another_key_is_not_run(self):
        forger = Session(key=b"another key", signature_scheme="hmac-sha256")
        self.sends(self.frames("var forged = 1", forger))
        unsigned = self.frames("var forged = 1")
        unsigned[1] = b""
        self.sends(unsigned)
        changed = self.frames("var forged = 1")
        changed[-1] = changed[-1].replace(b"forged = 1", b"forged = 2")
        self.sends(changed)
        self.assert_only("typeof (globalThis as any).forged", "'undefined'")
        self.nothing_more()

    def test_a_key_in_upper_case_is_another_signature(self):
        loud = self.frames("var loud = 1")
        loud[1] = loud[1].upper()
        self.sends(loud)
        self.assert_only("typeof (globalThis as any).loud", "'undefined'")

    def test_frames_that_are_no_message_are_survived(self):
        good = self.frames("1")
        delimiter = good[0]
        for frames in (
            [b""],
            [b"nonsense"],
            [delimiter],
            [delimiter, b"signature"],
            [delimiter, b"", b"{}", b"{}", b"{}"],
            good[:-1],
            [*good[:2], b"\xff\xfe", *good[3:]],
            [b"x" * 1_000_000],
        ):
            for channel in (self.client.shell_channel, self.client.control_channel, self.client.stdin_channel):
                channel.socket.send_multipart(frames)
        self.assert_only("'alive'", "'alive'")

    def test_signed_parts_that_are_no_objects_are_survived(self):
        session = self.client.session
        header = session.pack(session.msg("execute_request")["header"])
        for parts in (
            [b"null", b"{}", b"{}", b"{}"],
            [b"[]", b"{}", b"{}", b'{"code":"1"}'],
            [b"{}", b"{}", b"{}", b'{"code":"1"}'],
            [b'{"msg_id":1,"msg_type":"execute_request"}', b"{}", b"{}", b'{"code":"1"}'],
            [header, b"{}", b"{}", b"[]"],
            [header, b"{", b"{}", b"{}"],
            [header, b"null", b"{}", b"{}"],
        ):
            self.sends([b"<IDS|MSG>", session.sign(parts), *parts])
        self.assert_only("'well'", "'well'")

    def test_orphans_are_survived(self):
        session = self.client.session
        for channel, msg_type, content in (
            ("stdin", "input_reply", {"value": "nobody asked"}),
            ("shell", "comm_msg", {"comm_id": "nowhere", "data": {}}),
            ("shell", "comm_close", {"comm_id": "nowhere"}),
            ("shell", "execute_reply", {"status": "ok"}),
            ("shell", "status", {"execution_state": "busy"}),
            ("control", "input_reply", {}),
            ("shell", "", {}),
        ):
            stray = session.msg(msg_type, content, parent={"msg_id": str(uuid.uuid4()), "msg_type": "x", "session": "y"})
            getattr(self.client, f"{channel}_channel").send(stray)
        self.assert_only("'here'", "'here'")

    def test_the_same_request_sent_twice_is_taken_for_a_replay_by_the_client_only(self):
        frames = self.frames("(globalThis as any).times = ((globalThis as any).times ?? 0) + 1")
        self.sends(frames)
        self.sends(frames)
        self.assertIn(self.value("(globalThis as any).times"), ("1", "2"))

    def test_unknown_requests_are_answered_as_not_supported(self):
        for channel in ("shell", "control"):
            reply = self.ask("made_up_request", {"x": 1}, channel)
            self.assertEqual(reply["msg_type"], "made_up_reply")
            self.assertEqual(reply["content"]["status"], "error")
            self.assertIn("made_up_request is not supported", reply["content"]["evalue"])

    def test_debug_requests_are_answered_as_not_supported(self):
        asked = {"seq": 3, "type": "request", "command": "attach", "arguments": {}}
        reply = self.ask("debug_request", asked, "control")
        self.assertEqual(reply["msg_type"], "debug_reply")
        answer = {field: reply["content"][field] for field in ("type", "request_seq", "command", "success")}
        self.assertEqual(answer, {"type": "response", "request_seq": 3, "command": "attach", "success": False})
        self.assertIs(self.ask("kernel_info_request")["content"]["debugger"], False)

    def test_kernel_info_has_all_fields_on_both_channels(self):
        for channel in ("shell", "control"):
            content = self.ask("kernel_info_request", channel=channel)["content"]
            self.assertEqual(content["status"], "ok")
            self.assertRegex(content["protocol_version"], r"^5\.\d+$")
            for field in ("implementation", "implementation_version", "banner"):
                self.assertTrue(content[field], field)
            language = content["language_info"]
            self.assertEqual((language["name"], language["file_extension"]), ("typescript", ".ts"))
            for field in ("version", "mimetype", "pygments_lexer", "codemirror_mode", "nbconvert_exporter"):
                self.assertTrue(language[field], field)

    def test_requests_with_nonsense_in_them_are_answered(self):
        for msg_type, content in (
            ("complete_request", {"code": 5, "cursor_pos": "x"}),
            ("complete_request", {"code": "Math.", "cursor_pos": 99999}),
            ("complete_request", {"code": "Math.", "cursor_pos": -3}),
            ("inspect_request", {}),
            ("inspect_request", {"code": "Math", "cursor_pos": 1e99, "detail_level": "much"}),
            ("is_complete_request", {}),
            ("history_request", {"hist_access_type": "nothing"}),
            ("history_request", {"hist_access_type": "range", "start": "a", "stop": None, "session": []}),
            ("comm_info_request", {"target_name": None}),
        ):
            with self.subTest(msg_type=msg_type, content=content):
                reply = self.ask(msg_type, content)
                self.assertEqual(reply["msg_type"], msg_type.replace("_request", "_reply"))
                self.assertIn(reply["content"]["status"], ("ok", "error", "complete", "incomplete", "invalid", "unknown"))

    def test_an_execute_request_on_control_runs(self):
        # ipykernel takes every request of the shell there too.
        reply = self.ask("execute_request", {"code": "1"}, "control")
        self.assertEqual((reply["msg_type"], reply["content"]["status"]), ("execute_reply", "ok"))

    def test_control_and_heartbeat_answer_while_a_cell_spins(self):
        spinning = self.client.execute("console.log('in'); while (true);")
        self.wait_for_output("in")
        beat = zmq.Context.instance().socket(zmq.REQ)
        beat.connect(f"tcp://127.0.0.1:{self.manager.hb_port}")
        for ping in (b"one", b"two"):
            beat.send(ping)
            self.assertTrue(beat.poll(10_000))
            self.assertEqual(beat.recv(), ping)
        beat.close()
        self.assertEqual(self.ask("kernel_info_request", channel="control")["content"]["status"], "ok")
        self.assertEqual(self.ask("complete_request", {"code": "Math.hyp", "cursor_pos": 8})["content"]["matches"], ["hypot"])
        self.manager.interrupt_kernel()
        self.assertEqual(self.reply(spinning)["content"]["status"], "error")

    def test_a_client_that_goes_away_in_the_middle_is_not_missed(self):
        other = BlockingKernelClient()
        other.load_connection_info(self.manager.get_connection_info())
        other.start_channels()
        other.wait_for_ready(timeout=20)
        other.execute("for (let i = 0; i < 50_000; i++) console.log(i); (globalThis as any).done = true")
        time.sleep(0.05)
        other.stop_channels()
        self.assertEqual(self.value("(globalThis as any).done"), "true")


if __name__ == "__main__":
    unittest.main()
