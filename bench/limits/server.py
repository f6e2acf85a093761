"""Servers of the program, and connections to them from any loopback address."""
import http.client
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

STORES = ("LECTERN_DATABASE_URL", "LECTERN_QDRANT_URL", "LECTERN_ORIGINALS_FOLDER")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server with a data folder of its own; a context."""

    def __init__(self, settings=None, stores=False, program=None):
        self.program = program or os.environ["LECTERN_PROGRAM"]
        self.port = free_port()
        self.work = tempfile.TemporaryDirectory(prefix="lectern-limits-")
        kept = {name: value for name, value in os.environ.items()
                if not name.startswith("LECTERN_") or name == "LECTERN_JAVA_OPTIONS" or (stores and name in STORES)}
        self.environment = {**kept, **(settings or {})}

    def __enter__(self):
        documents = Path(self.work.name) / "documents"
        documents.mkdir()
        (documents / "handbook.md").write_text("# Handbook\n\nThe notice period is three months.\n", encoding="utf-8")
        command = [*shlex.split(self.program), "serve", str(documents), "--port", str(self.port),
                   "--data", f"{self.work.name}/data"]
        self.log = open(f"{self.work.name}/log", "w", encoding="utf-8")
        self.process = subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=subprocess.STDOUT,
                                        start_new_session=True)
        end = time.monotonic() + 600
        while True:
            try:
                if self.get("/health/ready")[0] == 200:
                    return self
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("The server did not start:\n" + Path(self.log.name).read_text(encoding="utf-8"))
            time.sleep(0.2)

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()
        self.work.cleanup()

    def connect(self, source="127.0.0.1"):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))

    def socket(self, source):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0))

    def get(self, path, source="127.0.0.1", headers=None):
        return request(self.connect(source), "GET", path, headers=headers)

    def headers(self, path):
        connection = self.connect()
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.headers

    def health_part(self, name):
        """A part of the health report, whose status may be 503 on a busy machine."""
        return next(part for part in json.loads(self.get("/health")[1])["parts"] if part["name"] == name)

    def log_lines(self, *words):
        """The lines of the log that have all words."""
        lines = Path(self.log.name).read_text(encoding="utf-8").splitlines()
        return [line for line in lines if all(word in line for word in words)]

    def java(self):
        """The id of the Java process, which the script may have started."""
        for pid in [self.process.pid, *children(self.process.pid)]:
            if Path(f"/proc/{pid}/comm").read_text().strip() == "java":
                return pid
        raise RuntimeError("No Java process")

    def processor_ms(self):
        fields = Path(f"/proc/{self.java()}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def resident_mb(self):
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.java()}/status").read_text())[1]) / 1024

    def heap_mb(self):
        """Used heap; the smallest of a few looks, since garbage is not to be counted."""
        looks = []
        for _ in range(8):
            text = self.get("/metrics")[1].decode()
            looks.append(sum(float(value) for value in re.findall(r'jvm_memory_used_bytes\{area="heap"[^}]*\} (\S+)', text)))
            time.sleep(0.5)
        return min(looks) / (1 << 20)


class Redis:
    """A Redis of its own, which can be killed and started again; a context."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("redis-server did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()


def children(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *children(int(child))]
    return found


def request(connection, method, path, body=None, headers=None):
    """Status and body of a request on a connection that stays open."""
    content = None if body is None else json.dumps(body)
    connection.request(method, path, content, {**({"Content-Type": "application/json"} if content else {}), **(headers or {})})
    response = connection.getresponse()
    return response.status, response.read()
