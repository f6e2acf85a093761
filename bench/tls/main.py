"""Starts the program with HTTPS, scans it, and replaces its certificate under load. See bench/tls.sh."""

import argparse
import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

SCAN = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "tls.sh")
PATH = "/api/v1/collections"
PATIENCE = 600
KINDS = ("EC", "RSA")
FAILURES = (OSError, http.client.HTTPException)


def make_certificate(folder, kind, name):
    """Writes NAME.pem and NAME.key; returns the certificate as it is sent."""
    key = ["-newkey", "rsa:2048"] if kind == "RSA" else ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command = ["openssl", "req", "-x509", *key, "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.pem"]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    with open(f"{folder}/{name}.pem", encoding="ascii") as file:
        return ssl.PEM_cert_to_DER_cert(file.read())


class Program:
    """A server that speaks HTTPS, with a data folder of its own; a context."""

    def __init__(self, work):
        self.work = work
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LECTERN_") or k == "LECTERN_JAVA_OPTIONS"}
        environment.update(
            LECTERN_TLS_CERTIFICATE=f"{work}/used.pem",
            LECTERN_TLS_KEY=f"{work}/used.key",
            LECTERN_TLS_RELOAD_EVERY="1s",
            LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES="127.0.0.0/8",
        )
        command = [os.environ["LECTERN_PROGRAM"], "serve", "--port", str(self.port), "--data", f"{work}/data"]
        with open(f"{work}/server.log", "wb") as log:
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=work)

    def __enter__(self):
        try:
            self.await_ready()
        except BaseException:
            self.close()
            raise
        return self

    def await_ready(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with contextlib.closing(self.connect()) as connection:
                    if request(connection, "/health/ready") == 200:
                        return
            except OSError:
                time.sleep(0.2)
        with open(f"{self.work}/server.log", encoding="utf-8", errors="replace") as log:
            raise SystemExit("The server did not start:\n" + log.read())

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def connect(self):
        """A new connection, after its handshake."""
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=60, context=context)
        connection.connect()
        return connection

    def served(self):
        """The certificate that a new connection gets."""
        with contextlib.closing(self.connect()) as connection:
            return connection.sock.getpeercert(binary_form=True)


def request(connection, path):
    """The status of one request on a connection that stays open."""
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    return response.status


class Load:
    """Three kinds of clients: a connection for each request, one connection for all requests, and HTTP/2 by curl."""

    def __init__(self, program):
        self.program = program
        self.ended = threading.Event()
        self.answered = {"a new connection each": 0, "one connection": 0, "HTTP/2 (curl)": 0}
        self.failures = []
        runs = (self.run_new, self.run_new, self.run_kept, self.run_kept, self.run_curl)
        self.threads = [threading.Thread(target=run, daemon=True) for run in runs]

    def count(self, kind, status, number=1):
        if status == 200:
            self.answered[kind] += number
        else:
            self.failures.append(f"{kind}: {status}")

    def run_new(self):
        while not self.ended.is_set():
            try:
                with contextlib.closing(self.program.connect()) as connection:
                    self.count("a new connection each", request(connection, PATH))
            except FAILURES as failure:
                self.count("a new connection each", failure)

    def run_kept(self):
        with contextlib.closing(self.program.connect()) as connection:
            while not self.ended.is_set():
                try:
                    self.count("one connection", request(connection, PATH))
                except FAILURES as failure:
                    self.count("one connection", failure)
                    return

    def run_curl(self):
        if not shutil.which("curl"):
            return
        address = f"https://localhost:{self.program.port}{PATH}?limit=[1-200]"
        command = ["curl", "--silent", "--insecure", "--http2", "--output", os.devnull, "--write-out", "%{http_code} %{http_version}\n", address]
        while not self.ended.is_set():
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            lines = done.stdout.splitlines()
            good = lines.count("200 2")
            self.count("HTTP/2 (curl)", 200, good)
            if done.returncode or good != 200:
                bad = [line for line in lines if line != "200 2"]
                self.failures.append(f"HTTP/2 (curl): status {done.returncode}, {len(lines)} answers, {bad[:3]}")

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join(120)


def use(work, name):
    """As certbot does it: each file is replaced whole, one after the other, so that they do not belong together for a while."""
    for suffix in ("pem", "key"):
        shutil.copy(f"{work}/{name}.{suffix}", f"{work}/next.{suffix}")
        os.replace(f"{work}/next.{suffix}", f"{work}/used.{suffix}")
        time.sleep(0.5)


def replace_under_load(work, program, replacements):
    waits = []
    with Load(program) as load:
        for number in range(replacements):
            certificate = make_certificate(work, KINDS[number % 2], "new")
            use(work, "new")
            begun = time.monotonic()
            while program.served() != certificate:
                if time.monotonic() - begun > 60:
                    load.failures.append(f"replacement {number + 1} is not served after 60 s")
                    break
                time.sleep(0.05)
            waits.append(time.monotonic() - begun)
            time.sleep(1)
    for kind, number in load.answered.items():
        print(f"{kind}: {number} requests answered")
    print(f"{replacements} replacements, EC and RSA in turn, served {max(waits):.1f} s after the second file at the latest")
    print(f"{len(load.failures)} requests failed" + "".join(f"\n  {failure}" for failure in load.failures[:10]))
    return not load.failures and min(load.answered["a new connection each"], load.answered["one connection"]) > 0


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--replacements", type=int, default=20)
    options = arguments.parse_args()
    work = tempfile.mkdtemp(prefix="lectern-tls-")
    good = True
    try:
        make_certificate(work, KINDS[0], "first")
        use(work, "first")
        with Program(work) as program:
            for kind in KINDS:
                certificate = make_certificate(work, kind, "scanned")
                use(work, "scanned")
                while program.served() != certificate:
                    time.sleep(0.2)
                print(f"With a certificate of an {kind} key:", flush=True)
                good &= subprocess.run([SCAN, "localhost", str(program.port)], check=False).returncode == 0
                print(flush=True)
            good &= replace_under_load(work, program, options.replacements)
    finally:
        shutil.rmtree(work)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
