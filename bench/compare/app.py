"""
The job of a repeated question in FastAPI, as a careful team would write it and then make it fast. The same steps in the same order as Lectern: request id,
security headers, Host and Origin, the visitor's signed cookie, the checked body, the generations of the collections from the database (nothing stale, so
not from memory), the key of all that the answer depends on, the kept answer before anything is embedded, the answer's JSON with an id and times of its
own, and the metrics. uvloop, httptools, orjson and pydantic's compiled core; middleware is plain ASGI, since Starlette's own costs more; one connection to
SQLite for a worker, which is quicker than threads or an async driver; kept answers are objects.

Twice: `/api/v1/ask` writes its JSON by hand with orjson, the quickest there is; `/models/api/v1/ask` gives a model and lets FastAPI check and write it, as
its documentation has it.
"""

import hashlib
import hmac
import os
import re
import sqlite3
import time

import orjson
from cachetools import TTLCache
from fastapi import FastAPI, HTTPException, Request, Response
from prometheus_client import Counter, Histogram
from pydantic import BaseModel, Field

HOSTS = {"localhost", "127.0.0.1"}
REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
HEADERS = [
    (b"content-security-policy", os.environ["CSP"].encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]
SECRET = b"0123456789abcdef0123456789abcdef"
COOKIE = "lectern_visitor"

requests = Histogram("http_server_requests_seconds", "Requests", ["method", "uri", "status"])
stages = Histogram("lectern_turn_stage_seconds", "Stages of a turn", ["stage"])
hits = Counter("lectern_cache_requests", "What caches were asked for", ["cache", "result"])
age = Histogram("lectern_cache_hit_age_seconds", "How old what was served was", ["cache"])


class Surroundings:
    """What happens around every request."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        began = time.perf_counter()
        sent = dict(scope["headers"])
        given = sent.get(b"x-request-id", b"")
        request_id = given if REQUEST_ID.fullmatch(given) else os.urandom(13).hex().encode()
        status = 500
        host = sent.get(b"host", b"").decode()
        origin = sent.get(b"origin")
        if host.rsplit(":", 1)[0] not in HOSTS or (origin and origin.decode().split("//")[-1] != host):
            return await Response(status_code=403)(scope, receive, send)

        async def with_headers(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", request_id), *HEADERS]
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        finally:
            requests.labels(scope["method"], scope["path"], status).observe(time.perf_counter() - began)


class Citation(BaseModel):
    number: int
    documentId: str
    title: str
    uri: str
    page: int | None = None
    headings: list[str]
    quote: str
    start: int
    end: int
    score: float


class Unsupported(BaseModel):
    start: int
    end: int
    reason: str


class Usage(BaseModel):
    inputTokens: int
    outputTokens: int
    cost: float | None = None


class Searched(BaseModel):
    question: str
    collections: int
    documents: int


class Answer(BaseModel):
    id: str
    status: str
    text: str
    citations: list[Citation]
    unsupported: list[Unsupported]
    model: str
    cached: bool
    usage: Usage
    timings: dict[str, float]
    searched: Searched | None = None


class Past(BaseModel):
    question: str
    answer: str


class Ask(BaseModel):
    question: str = Field(min_length=1, max_length=4000)
    collections: list[str] = []
    history: list[Past] = Field(default=[], max_length=50)
    stream: bool = False


database = sqlite3.connect(os.environ["DATABASE"], isolation_level=None, check_same_thread=False)
cache: TTLCache = TTLCache(10_000, 300)
app = FastAPI(openapi_url=None)


def signature(visitor: str) -> str:
    return hmac.new(SECRET, visitor.encode(), hashlib.sha256).hexdigest()


def is_ours(cookie: str) -> bool:
    visitor, _, shown = cookie.rpartition(".")
    return hmac.compare_digest(signature(visitor), shown)


def generations(wanted: list[str]) -> list[tuple[str, int]]:
    every = dict(database.execute("SELECT id, generation FROM collection"))
    if not wanted:
        return sorted(every.items())
    if not every.keys() >= set(wanted):
        raise HTTPException(404)
    return sorted((name, every[name]) for name in wanted)


def key(ask: Ask) -> bytes:
    made = hashlib.sha256()
    for part in (ask.question, *(text for past in ask.history for text in (past.question, past.answer))):
        encoded = part.encode()
        made.update(len(encoded).to_bytes(4, "big"))
        made.update(encoded)
    for name, generation in generations(ask.collections):
        made.update(f"{name}:{generation}".encode())
    return made.digest()


with open(os.environ["ANSWER"], "rb") as answer, open(os.environ["QUESTION"], "rb") as question:
    cache[key(Ask(**orjson.loads(question.read())))] = (time.time(), orjson.loads(answer.read()))


def known(body: Ask, request: Request) -> tuple[dict, str | None]:
    """The answer, and the new visitor's cookie if he needs one."""
    began = time.perf_counter()
    cookie = request.cookies.get(COOKIE)
    visitor = None if cookie and is_ours(cookie) else os.urandom(13).hex()
    found = cache.get(key(body))
    if found is None:
        hits.labels("answer", "miss").inc()
        raise HTTPException(503)
    made, kept = found
    hits.labels("answer", "hit").inc()
    age.labels("answer").observe(time.time() - made)
    took = time.perf_counter() - began
    for stage in ("cache", "overhead", "total"):
        stages.labels(stage).observe(took)
    millis = round(took * 1000, 2)
    timings = {"total": int(millis), "cache": int(millis), "overhead": millis}
    return {**kept, "id": os.urandom(13).hex(), "timings": timings}, visitor


def give_cookie(response: Response, visitor: str | None) -> None:
    if visitor:
        response.set_cookie(COOKIE, f"{visitor}.{signature(visitor)}", httponly=True, samesite="lax", max_age=31_536_000)


@app.post("/api/v1/ask")
async def ask(body: Ask, request: Request) -> Response:
    answer, visitor = known(body, request)
    response = Response(orjson.dumps(answer), media_type="application/json")
    give_cookie(response, visitor)
    return response


@app.post("/models/api/v1/ask", response_model_exclude_none=True)
async def ask_with_models(body: Ask, request: Request, response: Response) -> Answer:
    answer, visitor = known(body, request)
    give_cookie(response, visitor)
    return Answer(**answer)


app.add_middleware(Surroundings)
