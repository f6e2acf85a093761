"""See bench/limits.sh."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from server import Redis, Server, request

COLLECTIONS = "/api/v1/collections"
PAIRS = int(os.environ.get("PAIRS", "10"))
ROUNDS = 5
UNREACHED = {"LECTERN_RATE_LIMIT_REQUESTS": "1000000", "LECTERN_RATE_LIMIT_QUESTIONS": "1000000"}
OFF = {f"LECTERN_RATE_LIMIT_{name}": "0"
       for name in ("REQUESTS", "QUESTIONS", "SIGN_INS", "CONCURRENT_REQUESTS", "CONCURRENT_STREAMS")}
failures = []


def check(what, good, figure):
    print(f"{'ok    ' if good else 'FAILED'} {what}: {figure}", flush=True)
    if not good:
        failures.append(what)


def count_passed(servers, source, attempts, headers=lambda number: {}):
    connections = [server.connect(source) for server in servers]
    return sum(request(connections[number % len(servers)], "GET", COLLECTIONS, headers=headers(number))[0] == 200
               for number in range(attempts))


def counts():
    with Server() as server:
        passed = count_passed([server], "127.0.0.2", 150)
        check("100 of 150 requests of an address pass", passed == 100, passed)
        for at, header in enumerate(("Forwarded", "X-Forwarded-For", "X-Real-IP")):
            victim = f"127.0.1.{at + 1}"

            def forged(number, header=header, victim=victim):
                address = victim if number % 2 else f"198.51.{number // 256}.{number % 256}"
                return {header: f"for={address}" if header == "Forwarded" else address}

            passed = count_passed([server], f"127.0.2.{at + 1}", 1000, forged)
            check(f"1,000 forged {header} share one bucket", passed == 100, passed)
            passed = count_passed([server], victim, 101)
            check(f"{header} with a victim's address costs the victim nothing", passed == 100, passed)


def nodes():
    with Redis() as redis:
        # On a busy machine Redis may be late, and a node that does without it meanwhile counts for itself.
        stores = {"LECTERN_REDIS_URL": redis.url, "LECTERN_CACHING_REDIS_TIMEOUT": "10s"}
        with Server(stores, stores=True) as one, Server(stores, stores=True) as other:
            await_state([one, other], "UP")
            passed = count_passed([one, other], "127.0.0.2", 150)
            check("100 of 150 requests to two nodes pass, the 101st is refused", passed == 100, passed)
            redis.kill()
            passed = count_passed([one, other], "127.0.0.3", 300)
            check("without Redis 100 requests pass at each node", passed == 200, passed)
            for name, node in (("one", one), ("two", other)):
                part = node.health_part("cache")
                check(f"/health of node {name} warns", part["state"] == "WARNING", part["sentence"])
                lines = node.log_lines("WARN", "Redis")
                check(f"the log of node {name} warns", bool(lines), lines[0] if lines else "nothing")
            redis.start()
            await_state([one, other], "UP")
            passed = count_passed([one, other], "127.0.0.4", 150)
            check("with Redis again 100 of 150 requests to two nodes pass", passed == 100, passed)


def await_state(servers, state):
    """Waits until both nodes use Redis."""
    end = time.monotonic() + 180
    while any(server.health_part("cache")["state"] != state for server in servers):
        if time.monotonic() > end:
            raise RuntimeError("Redis is not used")
        time.sleep(1)


def latencies(server, seconds, rate):
    """Milliseconds of requests at a fixed rate, on four connections."""
    found = []

    def run(offset):
        connection = server.connect()
        begun = time.monotonic() + offset / rate
        for number in range(int(seconds * rate / 4)):
            time.sleep(max(0.0, begun + number * 4 / rate - time.monotonic()))
            start = time.monotonic()
            status, _ = request(connection, "GET", COLLECTIONS)
            found.append((time.monotonic() - start) * 1000 if status == 200 else float("inf"))

    threads = [threading.Thread(target=run, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def p99(values):
    return values[int(len(values) * 0.99)]


class SlowClients(threading.Thread):
    """300 connections that send or read a byte a second; whatever the server closes is opened again."""

    HEADS = (b"GET /api/v1/collections HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
             b"POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{",
             b"GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n")

    def __init__(self, server, number):
        super().__init__(daemon=True)
        self.server = server
        self.number = number
        self.closed = 0
        self.ended = threading.Event()
        self.sockets = [self.open(at) for at in range(number)]

    def open(self, at):
        connection = self.server.socket(f"127.0.3.{at % 10 + 1}")
        connection.sendall(self.HEADS[at % 3])
        connection.setblocking(False)
        return connection

    def run(self):
        while not self.ended.wait(1):
            for at, connection in enumerate(self.sockets):
                try:
                    if at % 3 == 2:
                        connection.recv(1)
                    else:
                        connection.send(b" ")
                except BlockingIOError:
                    continue
                except OSError:
                    self.closed += 1
                    connection.close()
                    try:
                        self.sockets[at] = self.open(at)
                    except OSError:
                        continue

    def close(self):
        self.ended.set()
        self.join()
        for connection in self.sockets:
            connection.close()


def slow():
    with Server({"LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES": "127.0.0.1"}) as server:
        latencies(server, 20, 100)
        heap = server.heap_mb()
        resident = server.resident_mb()
        alone, beside, more, closed = [], [], [], 0
        for _ in range(ROUNDS):
            alone.append(p99(latencies(server, 15, 100)))
            idle = [server.socket(f"127.0.4.{number % 200 + 1}") for number in range(2000)]
            clients = SlowClients(server, 300)
            clients.start()
            time.sleep(2)
            beside.append(p99(latencies(server, 15, 100)))
            more.append(server.heap_mb() - heap)
            closed += clients.closed
            clients.close()
            for connection in idle:
                connection.close()
        print(f"       resident memory {server.resident_mb() - resident:+.0f} MB; the server closed {closed} slow connections")
        one, other = statistics.median(alone), statistics.median(beside)
        check("p99 of other readers beside 2,000 idle and 300 slow connections is at most twice as long", other <= 2 * one,
              f"median {other:.1f} ms, {one:.1f} ms without them, of {ROUNDS} alternating rounds")
        check("heap is at most 100 MB more", max(more) <= 100, f"{max(more):+.0f} MB")


def processor_time(server, method, path, body, number):
    """Milliseconds of one request."""
    connection = server.connect()
    begun = server.processor_ms()
    for _ in range(number):
        status, text = request(connection, method, path, body)
        if status != 200:
            raise RuntimeError(f"{path}: {status} {text}")
    return (server.processor_ms() - begun) / number


def cost():
    with tempfile.TemporaryDirectory(prefix="lectern-agent-") as folder:
        agent = build_agent(folder)
        options = f"{os.environ.get('LECTERN_JAVA_OPTIONS', '')} -javaagent:{agent}".strip()
        with Server(UNREACHED) as limited, Server({**OFF, "LECTERN_JAVA_OPTIONS": options}) as free:
            # All that is measured is there, and is not there.
            for server, there in ((limited, True), (free, False)):
                headers = server.headers(COLLECTIONS)
                for name in ("Content-Security-Policy", "RateLimit-Policy"):
                    if (name in headers) != there:
                        raise RuntimeError(f"{name} {'is missing' if there else 'was not taken out'}: {headers}")
            compare(limited, free, "without limits, CSRF and headers", 0.55, 0.85)


def former():
    with Server(UNREACHED) as present, Server(program=os.environ["LECTERN_FORMER_PROGRAM"]) as earlier:
        compare(present, earlier, "of the former release", 0.50, 0.80)


def build_agent(folder):
    """A jar that takes limits, checks of origins and headers out of the program while it is loaded."""
    jdk = os.path.join(os.environ["JAVA_HOME"], "bin")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "FilterRemovalAgent.java")
    subprocess.run([f"{jdk}/javac", "-d", f"{folder}/classes", source], check=True)
    with open(f"{folder}/manifest", "w", encoding="ascii") as manifest:
        manifest.write("Premain-Class: FilterRemovalAgent\n")
    subprocess.run([f"{jdk}/jar", "--create", "--file", f"{folder}/agent.jar", "--manifest", f"{folder}/manifest",
                    "-C", f"{folder}/classes", "."], check=True)
    return f"{folder}/agent.jar"


def compare(present, other, name, collections, answers):
    """Alternating pairs; the processor time of a request is what counts, so that work beside does not."""
    for what, least, call, number in (
            ("GET /collections", collections, ("GET", COLLECTIONS, None), 1500),
            ("cached /ask", answers, ("POST", "/api/v1/ask", {"question": "How long is the notice period?"}), 800)):
        for server in (present, other):
            if what == "cached /ask":
                await_cached(server, call)
            processor_time(server, *call, 2 * number)
        shares = []
        for pair in range(PAIRS):
            order = (present, other) if pair % 2 else (other, present)
            times = {server: processor_time(server, *call, number) for server in order}
            shares.append(times[other] / times[present])
        share = statistics.median(shares)
        check(f"throughput of {what} is at least {least:.0%} of that {name}", share >= least,
              f"median {share:.0%}, {min(shares):.0%} to {max(shares):.0%} of {PAIRS} pairs, {times[present]:.2f} ms a request")


def await_cached(server, call):
    """Waits until the document has been read and its answer is in the cache."""
    end = time.monotonic() + 120
    while True:
        answer = json.loads(request(server.connect(), *call)[1])
        if answer["status"] == "answered" and answer["cached"]:
            return
        if time.monotonic() > end:
            raise RuntimeError(f"The answer is not cached: {answer}")
        time.sleep(1)


def main():
    groups = {"counts": counts, "slow": slow, "cost": cost, "former": former, "nodes": nodes}
    for name in sys.argv[1:] or ["counts", "slow", "cost"]:
        groups[name]()
    sys.exit(1 if failures else 0)


main()
