"""Hooks of Schemathesis for bench/fuzz.sh: most generated requests are about things that exist, so that they reach what the
operation does instead of a 404. The environment has the address of the server (FUZZ_SERVER), its key (FUZZ_KEY), a folder
for sources (FUZZ_FOLDERS) and who sends the requests (FUZZ_CALLER: operator, user or administrator)."""

import os
import pathlib
import random
import sys
import time
import uuid

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from accounts import ENDING, PASSWORD, Person, make_user, reset_token  # noqa: E402

EMBEDDERS = ["openai:fuzz", "onnx:bge-small-en-v1.5"]
# How many of the requests are about things that exist, and how many of those to re-embeddings wait for the state that they need.
EXISTING = 0.8
PREPARED = 0.2

choices = random.Random(1)


class Library:
    """Things of the server, made by its API when a request needs them."""

    def __init__(self):
        self.server = os.environ["FUZZ_SERVER"] + "/api/v1"
        self.folders = pathlib.Path(os.environ["FUZZ_FOLDERS"])
        self.session = requests.Session()
        self.session.headers["Authorization"] = "Bearer " + os.environ["FUZZ_KEY"]
        self.known = {}

    def call(self, method, path, **arguments):
        response = self.session.request(method, self.server + path, timeout=60, **arguments)
        return response.json() if response.ok and response.content else None

    def value(self, kind, fresh):
        """The path parameters of a thing of a kind. A fresh one is used by nobody else."""
        found = None if fresh else self.known.get(kind)
        if found is not None and self.exists(kind, found):
            return found
        made = getattr(self, "make_" + kind.replace("-", "_"))()
        if made is not None and not fresh:
            self.known[kind] = made
        return made

    def exists(self, kind, found):
        if kind == "message":
            return self.call("GET", f"/conversations/{found['id']}/messages/{found['messageId']}") is not None
        if kind in ("rating", "account"):
            return kind == "rating"
        return self.call("GET", f"/{kind}s/{found['name' if kind == 'setting' else 'id']}") is not None

    def make_collection(self):
        made = self.call("POST", "/collections", json={"name": "Fuzzing"})
        if made is None:
            return {"id": "default"}
        self.upload(made["id"])
        return {"id": made["id"]}

    def upload(self, collection):
        text = f"# Visits {uuid.uuid4()}\n\nThe office in Porto opens at ten.\n"
        return self.call(
            "POST", f"/collections/{collection}/documents", files={"file": (f"{uuid.uuid4()}.md", text, "text/markdown")}
        )

    def make_document(self):
        made = self.upload("default")
        return made and {"id": made["items"][0]["document"]["id"]}

    def make_job(self):
        made = self.upload("default")
        return made and {"id": made["job"]["id"]}

    def make_source(self):
        folder = self.folders / str(uuid.uuid4())
        folder.mkdir(parents=True)
        (folder / "porto.txt").write_text(f"The office in Porto opens at ten. {uuid.uuid4()}\n")
        made = self.call("POST", "/collections/default/sources", json={"path": str(folder.resolve())})
        return made and {"id": made["id"]}

    def make_conversation(self):
        made = self.call("POST", "/conversations", json={})
        return made and {"id": made["id"]}

    def make_message(self):
        conversation = self.make_conversation()
        asked = conversation and self.call(
            "POST", f"/conversations/{conversation['id']}/messages", json={"content": "When does the office open?"}
        )
        return asked and {"id": conversation["id"], "messageId": asked["id"]}

    def make_rating(self):
        message = self.value("message", False)
        return message and {"id": message["messageId"]}

    def make_reembedding(self):
        active = self.call("GET", "/embedder")
        target = next(name for name in EMBEDDERS if active is None or name != active.get("embedder", active.get("name")))
        made = self.call("POST", "/reembeddings", json={"embedder": target})
        if made is None:
            listed = self.call("GET", "/reembeddings")
            made = listed and next(iter(listed["items"]), None)
        return made and {"id": made["id"]}

    def make_user(self):
        made = make_user(self)
        return made and {"id": made["id"]}

    def make_group(self):
        made = self.call("POST", "/groups", json={"name": f"Fuzzing {uuid.uuid4()}"})
        member = self.make_user()
        return made and member and {"id": made["id"], "user": member["id"]}

    def make_api_key(self):
        made = self.call("POST", "/api-keys", json={"name": "Fuzzing", "scopes": ["ask", "read"]})
        return made and {"id": made["id"]}

    def make_setting(self):
        listed = self.call("GET", "/settings")
        return listed and {"name": choices.choice(listed["items"])["name"]}

    def make_account(self):
        return person.other_session() if person else None

    def prepare_reembedding(self, operation):
        """Brings the latest re-embedding into the state that an operation needs, or its end, if that is possible."""
        found = self.make_reembedding()
        wanted = {"rollback": "switched", "switch": "ready", "comparison": "ready"}.get(operation)
        for _ in range(100):
            now = found and self.call("GET", f"/reembeddings/{found['id']}")
            if now is None or wanted is None or now["status"] == wanted:
                break
            if now["status"] == "ready" and wanted == "switched":
                self.call("POST", f"/reembeddings/{found['id']}/switch")
            elif now["status"] == "switched" and wanted == "ready":
                self.call("DELETE", f"/reembeddings/{found['id']}")
            elif now["status"] in ("done", "cancelled", "failed"):
                found = self.make_reembedding()
            time.sleep(0.1)
        return found


library = Library()
# Without a person, the key of the data folder is sent.
person = None if os.environ["FUZZ_CALLER"] == "operator" else Person(library, os.environ["FUZZ_CALLER"])


def thing(case):
    """Which thing a request is about, and whether its request needs one of its own."""
    parts = case.operation.path.removeprefix("/api/v1/").split("/")
    ends = case.operation.method.upper() == "DELETE"
    if "{messageId}" in parts:
        return "message", False
    if parts[0] == "messages":
        return "rating", False
    return parts[0].removesuffix("s"), ends


def is_valid(case, location):
    return case.meta is None or not case.meta.is_negative_at(location)


def name_existing_thing(case):
    if not case.path_parameters or not is_valid(case, ParameterLocation.PATH) or choices.random() > EXISTING:
        return
    kind, fresh = thing(case)
    # Only a person has sessions, and nobody has passkeys here.
    if kind == "account" and (person is None or "/sessions/" not in case.operation.path):
        return
    operation = case.operation.path.rsplit("/", 1)[-1]
    if kind == "reembedding" and choices.random() < PREPARED:
        found = library.prepare_reembedding(operation)
    elif kind == "collection" and case.operation.method.upper() != "PATCH" and not fresh and choices.random() < 0.5:
        found = {"id": "default"}
    else:
        found = library.value(kind, fresh)
    for name, value in (found or {}).items():
        if name in case.path_parameters:
            case.path_parameters[name] = value


def meet_condition(case):
    """A made-up entity tag is always refused."""
    if case.headers and "If-Match" in case.headers and is_valid(case, ParameterLocation.HEADER):
        choice = choices.random()
        if choice < 0.5:
            del case.headers["If-Match"]
        elif choice < 0.8:
            case.headers["If-Match"] = "*"


def drop_made_up_cursor(case):
    """Only a list can make a cursor."""
    if case.query and is_valid(case, ParameterLocation.QUERY) and choices.random() < EXISTING:
        for name in ("cursor", "before"):
            case.query.pop(name, None)


def name_existing_values(case):
    """Folders, embedders and fields that the server has, in bodies that are valid."""
    if not isinstance(case.body, dict) or not is_valid(case, ParameterLocation.BODY) or choices.random() > EXISTING:
        return
    if case.operation.path.endswith("/sources") and isinstance(case.body.get("path"), str):
        folder = library.folders / str(uuid.uuid4())
        folder.mkdir(parents=True)
        case.body["path"] = str(folder.resolve())
    if isinstance(case.body.get("embedder"), str):
        case.body["embedder"] = choices.choice(EMBEDDERS)
    if isinstance(case.body.get("rating"), str):
        case.body["rating"] = choices.choice(["up", "down"])
    if isinstance(case.body.get("filter"), dict):
        case.body["filter"] = {"all": [{"field": "title", "equals": "lisbon"}]}
    if isinstance(case.body.get("replaces"), str):
        del case.body["replaces"]
    for question in case.body.get("questions") or []:
        if isinstance(question, dict) and isinstance(question.get("documents"), list):
            question["documents"] = ["lisbon.txt"]


def name_credentials(case):
    """What somebody signs in with or confirms a change by, in bodies that are valid."""
    if not isinstance(case.body, dict) or not is_valid(case, ParameterLocation.BODY) or choices.random() > EXISTING:
        return
    path = operation_of(case)[1]
    if path == "/password-reset":
        made = library.make_user()
        case.body.update(token=reset_token(library, made["id"]) if made else "", password=PASSWORD)
    elif path == "/collections/{id}/access":
        made = library.value("user", False)
        case.body["grants"] = [{"to": "user", "id": made["id"], "permission": "read"}] if made else []
    elif path == "/users":
        case.body["name"] = f"fuzz-{uuid.uuid4()}"
    elif path == "/api-keys":
        case.body.update(scopes=["ask"], collections=None, expiresAt=None, server=None)
    elif path == "/groups":
        case.body["name"] = f"Fuzzing {uuid.uuid4()}"
    elif path.startswith("/settings/"):
        found = library.call("GET", "/settings/" + str(case.path_parameters.get("name")))
        case.body["value"] = str(found["value"]) if found and found.get("value") else "1"
    elif person is not None:
        name_own_credentials(case, path)


def name_own_credentials(case, path):
    if path == "/session":
        case.body.update(person.credentials())
        case.body.pop("code", None)
    elif path == "/account/password":
        case.body.update(current=PASSWORD, password=PASSWORD + str(uuid.uuid4()))
    elif path == "/account/second-factor/confirmation":
        case.body["code"] = person.second_factor_code()
    elif path == "/account/passkeys/options":
        case.body.update(password=PASSWORD, code=None)
    elif path == "/account/second-factor":
        if case.operation.method.upper() == "DELETE":
            case.body["code"] = person.enable_second_factor()
        case.body["password"] = PASSWORD


def operation_of(case):
    return case.operation.method.upper(), case.operation.path.removeprefix("/api/v1")


def send_as_person(case):
    session = person.sign_in()
    if case.headers is None:
        case.headers = {}
    case.headers.update({name: session.headers[name] for name in ("Origin", "X-CSRF-Token")})
    case.cookies = {**(case.cookies or {}), **session.cookies.get_dict()}


def renew_key(case):
    """The example of a key, sent twice, would repeat the first response instead of testing the second request."""
    key = (case.headers or {}).get("Idempotency-Key")
    if key is not None and key.isascii() and key.isprintable() and 0 < len(key) <= 255 and " " not in key:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())


@schemathesis.hook
def before_call(ctx, case, kwargs):
    renew_key(case)
    # Sequences take their ids from the responses before.
    if case.meta is not None and case.meta.phase.name.value != "stateful":
        name_existing_thing(case)
        meet_condition(case)
        drop_made_up_cursor(case)
        name_existing_values(case)
        name_credentials(case)
    if person is not None:
        send_as_person(case)


@schemathesis.hook
def after_call(ctx, case, response):
    if person is not None and (response.status_code == 401 or operation_of(case) in ENDING):
        person.end()
