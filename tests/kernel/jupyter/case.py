"""What the suites share: one kernel for each class, and what it says of one request."""
import time
import unittest
from queue import Empty

from jupyter_client.manager import start_new_kernel

KERNEL = "tslab"
# Generous: it is reached only when a message never comes.
TIMEOUT = 20


class KernelCase(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name=KERNEL)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def run_cell(self, code, client=None, **options):
        """Executes a cell; its reply, and what was published of it between `busy` and `idle`, these left out."""
        client = client or self.client
        request = client.execute(code, **options)
        return self.reply(request, client), self.published(request, client)

    def ok(self, code, **options):
        """Executes a cell that must succeed; what it published, `execute_input` left out."""
        reply, published = self.run_cell(code, **options)
        self.assertEqual(reply["content"]["status"], "ok", reply["content"])
        return [message for message in published if message["msg_type"] != "execute_input"]

    def value(self, code, **options):
        """The text of a cell's result."""
        results = [message for message in self.ok(code, **options) if message["msg_type"] == "execute_result"]
        self.assertEqual(len(results), 1, code)
        return results[0]["content"]["data"]["text/plain"]

    def reply(self, request, client=None, channel="shell"):
        """The reply to that request; replies to others are dropped."""
        receive = getattr(client or self.client, f"get_{channel}_msg")
        while True:
            message = receive(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == request:
                return message

    def published(self, request, client=None):
        """What is published with that request as parent, from `busy` to `idle`; the rest is dropped."""
        states, messages = [], []
        while True:
            message = (client or self.client).get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] != "status":
                messages.append(message)
                continue
            states.append(message["content"]["execution_state"])
            if states[-1] == "idle":
                # While a cell runs, other answers are followed by a `busy` of it.
                self.assertLessEqual(set(states[:-1]), {"busy"})
                return messages

    def ask(self, msg_type, content=None, channel="shell", client=None, **parts):
        """Sends any request; its reply, whose status messages must have come too."""
        client = client or self.client
        message = client.session.msg(msg_type, content or {})
        message.update(parts)
        getattr(client, f"{channel}_channel").send(message)
        reply = self.reply(message["header"]["msg_id"], client, channel)
        self.published(message["header"]["msg_id"], client)
        return reply

    def wait_for_output(self, text, client=None):
        """Waits until something that holds this text is printed."""
        printed = ""
        while text not in printed:
            message = (client or self.client).get_iopub_msg(timeout=TIMEOUT)
            if message["msg_type"] == "stream":
                printed += message["content"]["text"]

    def nothing_more(self, client=None, seconds=0.3):
        """Fails when a message still comes."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                message = (client or self.client).get_iopub_msg(timeout=left)
            except Empty:
                return
            self.fail(f"unexpected {message['msg_type']}: {message['content']}")


class KernelPerTest(KernelCase):
    """For tests that end their kernel."""

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def setUp(self):
        self.manager, self.client = start_new_kernel(kernel_name=KERNEL)

    def tearDown(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def ended(manager, seconds=TIMEOUT):
    """Whether the kernel ends within that time."""
    until = time.monotonic() + seconds
    while manager.is_alive() and time.monotonic() < until:
        time.sleep(0.02)
    return not manager.is_alive()


def types(messages):
    return [message["msg_type"] for message in messages]


def printed(messages, name="stdout"):
    streams = [message["content"] for message in messages if message["msg_type"] == "stream"]
    return "".join(content["text"] for content in streams if content["name"] == name)
