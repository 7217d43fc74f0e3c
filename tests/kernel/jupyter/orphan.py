"""Starts a kernel in which a cell spins, prints its process id, and dies without a word."""
import os
import signal
import time

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="tslab")
client.execute("// @nocheck\nwhile (true);")
time.sleep(0.2)
print(manager.provisioner.process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
