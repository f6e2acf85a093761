"""An embedding service of the OpenAI format for bench/fuzz.sh, so that operations on re-embeddings have something to do. Its
vectors count letters and mean nothing. Usage: embedder.py PORT"""

import http.server
import json
import sys

DIMENSIONS = 8


def vector(text):
    counts = [1.0] * DIMENSIONS
    for letter in text:
        counts[ord(letter) % DIMENSIONS] += 1.0
    return counts


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = request["input"] if isinstance(request["input"], list) else [request["input"]]
        items = [{"object": "embedding", "index": i, "embedding": vector(text)} for i, text in enumerate(texts)]
        tokens = sum(len(text.split()) for text in texts)
        body = json.dumps(
            {
                "object": "list",
                "model": request["model"],
                "data": items,
                "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
            }
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        pass


if __name__ == "__main__":
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
