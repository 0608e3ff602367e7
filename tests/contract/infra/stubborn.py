"""A part that ignores being asked to end, and so does the child it starts."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    port, pid_file = int(sys.argv[1]), Path(sys.argv[2])
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    pid_file.write_text(str(child.pid))
    with socket.create_server(("127.0.0.1", port)):
        time.sleep(600)
