"""One session over ZeroMQ: prints a line of JSON with what was seen."""
import json
import time

import zmq
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="tslab")
seen = {}


def outputs_of(code):
    request = client.execute(code)
    outputs = []
    while True:
        message = client.get_iopub_msg(timeout=10)
        if message["parent_header"].get("msg_id") != request:
            continue
        outputs.append(message["msg_type"])
        if message["content"].get("execution_state") == "idle":
            client.get_shell_msg(timeout=10)
            return outputs


seen["order"] = outputs_of("console.log('a'); 1")

# A wrongly signed message, and one that is no message at all.
client.session.key, key = b"another key", client.session.key
client.execute("throw new Error('this must never run')")
client.session.key = key
client.shell_channel.socket.send_multipart([b"nonsense"])
# The note on stderr about the dropped messages may or may not fall into this cell.
seen["after malformed"] = [name for name in outputs_of("2") if name != "stream"]

request = client.execute("while (true);")
time.sleep(0.3)
beat = zmq.Context.instance().socket(zmq.REQ)
beat.connect(f"tcp://127.0.0.1:{manager.hb_port}")
beat.send(b"ping")
seen["heartbeat while a cell spins"] = bool(beat.poll(1000)) and beat.recv().decode()
manager.interrupt_kernel()
while True:
    reply = client.get_shell_msg(timeout=10)
    if reply["parent_header"]["msg_id"] == request:
        break
seen["interrupted"] = reply["content"]["ename"]

request = client.execute("prompt('name?')", allow_stdin=True)
asked = client.get_stdin_msg(timeout=10)
client.input("Ada")
while True:
    message = client.get_iopub_msg(timeout=10)
    if message["msg_type"] == "execute_result" and message["parent_header"]["msg_id"] == request:
        break
seen["input"] = [asked["content"]["prompt"], message["content"]["data"]["text/plain"]]

process = manager.provisioner.process
manager.shutdown_kernel()
seen["exit"] = process.poll()
print(json.dumps(seen))
