"""Accounts for bench/fuzz.sh: people, groups and keys that requests are about, and the session of the person that sends them."""

import base64
import hashlib
import hmac
import struct
import time
import uuid

import requests

PASSWORD = "fuzzing with a long password"
# After these the session is over, or nobody can sign in as before.
ENDING = {
    ("DELETE", "/session"),
    ("DELETE", "/account"),
    ("DELETE", "/account/sessions/{id}"),
    ("PUT", "/account/password"),
    ("POST", "/account/second-factor/confirmation"),
}


def one_time_code(secret):
    """Of RFC 6238, with six digits and SHA-1."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    return f"{(struct.unpack_from('>I', digest, digest[-1] & 15)[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def make_user(library, role="user"):
    name = f"fuzz-{uuid.uuid4()}"
    made = library.call("POST", "/users", json={"name": name, "role": role})
    return made and {"id": made["id"], "name": name}


def reset_token(library, user):
    """A token with which somebody chooses a password, once."""
    made = library.call("POST", f"/users/{user}/password-reset")
    return made and made["link"].partition("#")[2]


class Person:
    """Somebody with an account and a session, which are made again after a request has ended them."""

    def __init__(self, library, role):
        self.library = library
        self.role = role
        self.user = None
        self.session = None

    def credentials(self):
        self.sign_in()
        return {"name": self.user["name"], "password": PASSWORD}

    def sign_in(self):
        """Makes sure that there is a session: its cookies and the headers of a request."""
        if self.session is None:
            self.user = self.make_account()
            self.session = self.open_session()
        return self.session

    def make_account(self):
        user = make_user(self.library, self.role)
        token = reset_token(self.library, user["id"])
        # Without the cookies of the library: the browser that chooses a password is known from then on.
        requests.post(self.library.server + "/password-reset", json={"token": token, "password": PASSWORD}, timeout=60)
        return user

    def open_session(self):
        client = requests.Session()
        client.headers["Origin"] = self.library.server.removesuffix("/api/v1")
        answer = client.post(
            self.library.server + "/session", json={"name": self.user["name"], "password": PASSWORD}, timeout=60
        )
        answer.raise_for_status()
        client.headers["X-CSRF-Token"] = answer.json()["csrfToken"]
        return client

    def other_session(self):
        """The id of a session that no request uses."""
        other = self.open_session()
        listed = other.get(self.library.server + "/account/sessions", timeout=60).json()["items"]
        return next(({"id": one["id"]} for one in listed if one["isCurrent"]), None)

    def second_factor_code(self):
        """The code that confirms a second factor."""
        self.sign_in()
        made = self.session.post(
            self.library.server + "/account/second-factor", json={"password": PASSWORD}, timeout=60
        )
        return one_time_code(made.json()["secret"]) if made.ok else "000000"

    def enable_second_factor(self):
        """A recovery code of the new second factor."""
        code = self.second_factor_code()
        made = self.session.post(
            self.library.server + "/account/second-factor/confirmation", json={"code": code}, timeout=60
        )
        return made.json()["recoveryCodes"][0] if made.ok else "none"

    def end(self):
        self.session = None
