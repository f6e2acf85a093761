"""Processes of a measurement."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

PATIENCE = 300


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Process:
    def __init__(self, command, log, environment, folder=None):
        self.log = log
        with open(log, "wb") as output:
            self.process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, cwd=folder, start_new_session=True)

    def await_url(self, url):
        """Waits for any response but 503."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(url, timeout=10).close()
                return
            except urllib.error.HTTPError as refusal:
                if refusal.code != 503:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        self.close()
        raise SystemExit(f"{url} does not respond; see {self.log}")

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
