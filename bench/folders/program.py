"""The program under test, its HTTP API, and a fake embedding service that keeps it fast."""

import hashlib
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request

DIMENSIONS = 32
PATIENCE = 120


class FakeEmbeddings:
    """OpenAI's embedding API with vectors made of the words' hashes."""

    def __init__(self, seconds_a_text=0.0):
        outer = self
        self.seconds_a_text = seconds_a_text

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                texts = request["input"] if isinstance(request["input"], list) else [request["input"]]
                time.sleep(outer.seconds_a_text * len(texts))
                data = [{"object": "embedding", "index": i, "embedding": vector(t)} for i, t in enumerate(texts)]
                usage = {"prompt_tokens": 1, "total_tokens": 1}
                body = json.dumps({"object": "list", "model": "fake", "data": data, "usage": usage}).encode()
                try:
                    self.send_response(200)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except ConnectionError:
                    # A server that was stopped does not wait for the answer.
                    self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def vector(text):
    values = [0.1] + [0.0] * (DIMENSIONS - 1)
    for word in re.findall(r"\w+", text.lower()):
        values[hashlib.md5(word.encode("utf-8", "surrogatepass")).digest()[0] % DIMENSIONS] += 1.0
    return values


class Failed(Exception):
    """A demand that the program did not meet."""


def require(condition, message):
    if not condition:
        raise Failed(message)


def eventually(what, condition, seconds=PATIENCE, pause=0.2):
    """Waits for a condition and returns its value."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {seconds} s")
        time.sleep(pause)


class Program:
    """A server process with a data folder of its own."""

    # Settings that only some versions have; a start that refuses one is repeated without it.
    OPTIONAL = {
        "LECTERN_INGESTION_SETTLE_LIMIT": "3s",
        "LECTERN_INGESTION_POLL": "2s",
        "LECTERN_INGESTION_FILE_TIME": "5s",
    }

    def __init__(self, work, data=None, settings=None, prefix=()):
        self.work = work
        self.data = data or os.path.join(work, "data")
        self.embeddings = FakeEmbeddings()
        self.prefix = list(prefix)
        self.settings = {
            "LECTERN_EMBEDDER": f"openai:fake@{DIMENSIONS}",
            "LECTERN_OPENAI_API_KEY": "none",
            "LECTERN_OPENAI_BASE_URL": self.embeddings.url,
            "LECTERN_INGESTION_SETTLE": "200ms",
            "LECTERN_INGESTION_RESCAN": "5s",
            **self.OPTIONAL,
            **(settings or {}),
        }
        self.process = None
        self.folders = []
        self.log = os.path.join(work, "server.log")

    def start(self, *folders, await_ready=True):
        self.folders = list(folders)
        while True:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            environment = {k: v for k, v in os.environ.items() if not k.startswith("LECTERN_")}
            environment.update({k: v for k, v in self.settings.items() if v is not None})
            environment.update(LECTERN_DATA=self.data, LECTERN_PORT=str(self.port))
            offset = os.path.getsize(self.log) if os.path.exists(self.log) else 0
            with open(self.log, "ab") as log:
                command = [*self.prefix, os.environ["LECTERN_PROGRAM"], "serve", *self.folders]
                self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self.work)
            if not await_ready:
                return self
            end = time.monotonic() + PATIENCE
            while self.process.poll() is None and time.monotonic() < end:
                try:
                    if self.call("GET", "/health/ready")[0] == 200:
                        return self
                except OSError:
                    pass
                time.sleep(0.2)
            with open(self.log, "rb") as log:
                log.seek(offset)
                said = log.read().decode("utf-8", "replace")
            refused = [name for name in self.OPTIONAL if name in said and name in self.settings]
            if self.process.poll() is None or not refused:
                self.kill()
                raise Failed("the server did not start: " + said.strip()[-300:])
            for name in refused:
                del self.settings[name]

    def stop(self):
        """SIGTERM; returns the seconds until the process has ended."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
        return time.monotonic() - began

    def kill(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def restart(self):
        self.stop()
        self.start(*self.folders)

    def close(self):
        if self.process and self.process.poll() is None:
            self.stop()
        self.embeddings.close()

    # The API

    def call(self, method, path, body=None, timeout=20):
        headers = {"Content-Type": "application/json"}
        key = os.path.join(self.data, "key")
        if path.startswith("/api") and os.path.exists(key):
            with open(key, encoding="utf-8") as file:
                headers["Authorization"] = "Bearer " + file.read().strip()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                text = response.read().decode()
                return response.status, json.loads(text) if text.startswith(("{", "[")) else text
        except urllib.error.HTTPError as refused:
            text = refused.read().decode()
            return refused.code, json.loads(text) if text.startswith("{") else text

    def get(self, path):
        status, body = self.call("GET", path)
        require(status == 200, f"GET {path} answered {status}: {str(body)[:200]}")
        return body

    def documents(self):
        """All documents of the default collection."""
        found, cursor = [], ""
        while True:
            page = self.get(f"/api/v1/collections/default/documents?limit=200{cursor}")
            found += page["items"]
            if not page.get("next"):
                return found
            cursor = "&cursor=" + page["next"]

    def paths(self):
        return sorted(d["uri"].split(":", 1)[1] for d in self.documents() if d["status"] == "done")

    def ids(self):
        return {d["uri"].split(":", 1)[1]: d["id"] for d in self.documents()}

    def search(self, query):
        status, body = self.call("POST", "/api/v1/search", {"query": query, "mode": "lexical"})
        require(status == 200, f"search answered {status}")
        return body["items"]

    def sources(self):
        return self.get("/api/v1/collections/default/sources")["items"]

    def source(self, folder):
        wanted = os.path.realpath(folder)
        for source in self.sources():
            if source["path"] in (folder, wanted):
                return source
        raise Failed(f"{folder} is no source")

    def add(self, folder):
        return self.call("POST", "/api/v1/collections/default/sources", {"path": folder})

    def scan(self, folder, **options):
        """Scans now and waits for the end of the scan; returns the job."""
        status, job = self.call("POST", f"/api/v1/sources/{self.source(folder)['id']}/scan", options or None)
        require(status == 202, f"the scan was answered with {status}")
        return self.await_job(job.get("job", job)["id"])

    def await_job(self, job, seconds=PATIENCE):
        def ended():
            status, now = self.call("GET", "/api/v1/jobs/" + job)
            # An automatic scan without changes leaves no job.
            return {"status": "done"} if status == 404 else now if now["status"] not in ("queued", "running") else None

        return eventually("the end of a job", ended, seconds)

    def await_paths(self, expected, seconds=PATIENCE):
        expected = sorted(expected)
        try:
            eventually("documents", lambda: self.paths() == expected, seconds)
        except Failed:
            raise Failed(f"expected {expected[:12]}, found {self.paths()[:12]}") from None

    def await_idle(self, seconds=PATIENCE):
        def idle():
            jobs = self.get("/api/v1/jobs?limit=50")["items"]
            return all(job["status"] not in ("queued", "running") for job in jobs)

        eventually("no job is running", idle, seconds)

    def health(self):
        return json.dumps(self.call("GET", "/health")[1], ensure_ascii=False)

    def resident_megabytes(self, peak=False):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            name = "VmHWM" if peak else "VmRSS"
            return int(re.search(name + r":\s+(\d+)", status.read()).group(1)) // 1024

    def inotify_instances(self):
        folder = f"/proc/{self.process.pid}/fd"
        links = []
        for fd in os.listdir(folder):
            try:
                links.append(os.readlink(os.path.join(folder, fd)))
            except OSError:
                pass
        return sum("inotify" in link for link in links)

    def told(self, folder):
        """What the source says to the operator when something is wrong; empty when all is well."""
        source = self.source(folder)
        told = [source.get("reason") or ""]
        if source.get("state", "ok") != "ok":
            told.append(source["state"])
        told += [kind for kind, count in (source.get("findings") or {}).items() if count]
        return " ".join(filter(None, told))
