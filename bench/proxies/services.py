"""Processes of a measurement: the program, and a stand-in for the services of its models."""

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
import zlib

DIMENSIONS = 32
PIECES = "This is |described |in the |first of |the given |passages, |as far |as a stand-in |can tell. |[1]".split("|")
PAUSE = 0.3
PATIENCE = 600


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def await_port(port, process, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{what} does not listen on port {port}")


class StandInModels:
    """OpenAI's API: embeddings of words' hashes, and an answer in pieces. A question with the word `patience` waits before the first piece."""

    def __init__(self, first_token):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                try:
                    if self.path.endswith("/embeddings"):
                        self.embed(body)
                    else:
                        self.answer(json.dumps(body["messages"][-1]))
                except ConnectionError:
                    # The program was stopped meanwhile.
                    self.close_connection = True

            def embed(self, body):
                texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
                data = [{"object": "embedding", "index": i, "embedding": vector(t)} for i, t in enumerate(texts)]
                reply = {"object": "list", "model": "fake", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
                text = json.dumps(reply).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def answer(self, question):
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                time.sleep(first_token if "patience" in question else 0)
                for piece in PIECES:
                    self.send_chunk({"content": piece}, None)
                    time.sleep(PAUSE)
                self.send_chunk({}, "stop", usage={"prompt_tokens": 900, "completion_tokens": 20, "total_tokens": 920})
                self.wfile.write(b"data: [DONE]\n\n")
                self.close_connection = True

            def send_chunk(self, delta, finish, **more):
                choice = {"index": 0, "delta": delta, "finish_reason": finish}
                chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "stand-in", "choices": [choice]}
                self.wfile.write(f"data: {json.dumps(chunk | more)}\n\n".encode())
                self.wfile.flush()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def vector(text):
    values = [0.1] + [0.0] * (DIMENSIONS - 1)
    for word in re.findall(r"\w+", text.lower()):
        values[zlib.crc32(word.encode()) % DIMENSIONS] += 1.0
    return values


class Program:
    """A server with a data folder of its own and one document."""

    def __init__(self, work, name, models, settings):
        self.work = os.path.join(work, name)
        os.makedirs(self.work)
        self.port = free_port()
        self.log = os.path.join(self.work, "server.log")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LECTERN_")}
        environment.update(
            LECTERN_DATA=os.path.join(self.work, "data"),
            LECTERN_PORT=str(self.port),
            LECTERN_EMBEDDER=f"openai:fake@{DIMENSIONS}",
            LECTERN_CHAT_MODEL="openai:stand-in",
            LECTERN_OPENAI_API_KEY="none",
            LECTERN_OPENAI_BASE_URL=models.url,
            LECTERN_ANSWERING_TURN_TIMEOUT="5m",
            # All set-ups wait for the slow model at the same time.
            LECTERN_MODELS_CONCURRENT_CALLS="100",
            LECTERN_LOG_FORMAT="json",
            LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES="127.0.0.0/8",
            **settings,
        )
        folder = os.path.join(self.work, "documents")
        os.makedirs(folder)
        with open(os.path.join(folder, "lamps.txt"), "w", encoding="utf-8") as file:
            file.write("The lamps of the lighthouse burn from dusk until dawn. The keeper trims them at midnight.\n")
        with open(self.log, "wb") as log:
            command = [os.environ["LECTERN_PROGRAM"], "serve", folder]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self.work)

    def await_document(self):
        await_port(self.port, self.process, "The program, see " + self.log + ",")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.health()["library"]["figures"].get("done") == 1:
                return
            time.sleep(0.5)
        raise SystemExit("The document was not read; see " + self.log)

    def health(self):
        """The parts by their names. The status is 503 while one of them is down, as on a machine that is busy."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=60) as health:
                report = json.load(health)
        except urllib.error.HTTPError as down:
            report = json.load(down)
        return {part["name"]: part for part in report["parts"]}

    def logged_clients(self):
        """The addresses of clients in the lines of completed answers, oldest first."""
        with open(self.log, encoding="utf-8", errors="replace") as log:
            lines = [line for line in log if "Answer completed" in line and "clientAddress" in line]
        return [re.search(r'"clientAddress"\s*:\s*"([^"]*)"', line).group(1) for line in lines]

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
