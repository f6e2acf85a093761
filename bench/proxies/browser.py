"""What a browser does behind a proxy, and what it sees."""

import http.client
import json
import re
import ssl
import time
import zlib

# Not that of the proxies, so that the two can be told apart.
CLIENT = "127.0.0.2"
PATIENCE = 300


class Broken(Exception):
    """What does not work in a set-up."""


def require(condition, message):
    if not condition:
        raise Broken(message)


class Browser:
    """A browser at the address of a set-up. It resolves every name to 127.0.0.1, and keeps a cookie."""

    def __init__(self, setup):
        self.setup = setup
        self.cookie = ""
        self.authority = setup.host + (f":{setup.port}" if setup.shows_port else "")
        self.origin = ("https://" if setup.tls else "http://") + self.authority

    def open(self, method, path, headers=None, body=None):
        """The response, not yet read. `path` is as in the browser's address."""
        if self.setup.tls:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            connection = http.client.HTTPSConnection(
                self.setup.host, self.setup.port, context=context, timeout=PATIENCE
            )
        else:
            connection = http.client.HTTPConnection(self.setup.host, self.setup.port, timeout=PATIENCE)
        connection._create_connection = connect
        all_headers = {
            "Host": self.authority,
            "Accept-Encoding": "gzip",
            # Whoever sends these is no proxy.
            "X-Forwarded-For": "198.51.100.7",
            **({"Cookie": self.cookie} if self.cookie else {}),
            **(headers or {}),
        }
        connection.request(method, path, body, all_headers)
        return connection.getresponse()

    def call(self, method, path, headers=None, body=None):
        response = self.open(method, path, headers, body)
        text = b"".join(pieces(response)).decode("utf-8", "replace")
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookie = cookie.split(";")[0]
        return response, text

    def change(self, method, path, content, origin=None, site="same-origin", accept="application/json"):
        headers = {
            "Content-Type": "application/json",
            "Accept": accept,
            "Origin": origin or self.origin,
            "Sec-Fetch-Site": site,
        }
        return self.open(method, self.setup.prefix + path, headers, json.dumps(content))

    def read_change(self, *arguments, **named):
        response = self.change(*arguments, **named)
        return response, b"".join(pieces(response)).decode("utf-8", "replace")

    def load_page(self):
        prefix = self.setup.prefix
        response, html = self.call("GET", prefix + "/", {"Accept": "text/html"})
        require(response.status == 200, f"the page: {response.status} {html[:200]}")
        require(self.cookie.startswith("__Host-" if self.setup.tls else "lectern_visitor"), f"cookie {self.cookie[:40]}")
        files = re.findall(r'(?:src|href)="([^"]+)"', html)
        require(any("/assets/" in file for file in files), "the page has no files")
        for file in files:
            require(file.startswith(prefix + "/"), f"{file} is not below {prefix}/")
            answer, _ = self.call("GET", file)
            require(answer.status == 200, f"{file}: {answer.status}")
        response, _ = self.call("GET", prefix + "/c/01abc", {"Accept": "text/html"})
        require(response.status == 200, f"a route of the page: {response.status}")

    def create_conversation(self):
        response, text = self.read_change("POST", "/api/v1/conversations", {})
        require(response.status == 201, f"a change: {response.status} {text[:600]}")
        location = response.headers["Location"]
        require(location.startswith(self.setup.prefix + "/api/v1/"), f"Location: {location}")
        answer, text = self.call("GET", location)
        require(answer.status == 200, f"GET of the Location {location}: {answer.status} {text[:200]}")

    def attack(self):
        for origin, site in (("https://evil.example", "cross-site"), ("null", "cross-site"), (None, "same-site")):
            response, text = self.read_change("POST", "/api/v1/conversations", {}, origin=origin, site=site)
            require(response.status == 403 and "expected origin" in text, f"{origin} {site}: {response.status} {text[:200]}")

    def ask(self, question):
        response, text = self.read_change("POST", "/api/v1/ask", {"question": question})
        require(response.status == 200, f"a question: {response.status} {text[:200]}")
        answer = json.loads(text)
        require(answer["status"] == "answered" and answer["citations"], f"the answer: {text[:300]}")

    def stream(self, question):
        """The seconds from the question to each piece of the text."""
        began = time.monotonic()
        response = self.change("POST", "/api/v1/ask", {"question": question}, accept="text/event-stream")
        if response.status != 200:
            raise Broken(f"a stream: {response.status} {response.read()[:200]}")
        arrivals, events = [], ""
        for piece in pieces(response):
            text = piece.decode("utf-8", "replace")
            events += text
            arrivals += [time.monotonic() - began] * text.count("event: delta")
        require("event: finished" in events, f"the stream ended without finished: {events[-300:]}")
        return arrivals


def connect(address, timeout=None, source_address=None):
    return http.client.socket.create_connection(("127.0.0.1", address[1]), timeout, (CLIENT, 0))


def pieces(response):
    """The body as it comes, unpacked."""
    packed = zlib.decompressobj(31) if response.headers.get("Content-Encoding") == "gzip" else None
    while True:
        piece = response.read1(65536)
        if not piece:
            return
        yield packed.decompress(piece) if packed else piece
