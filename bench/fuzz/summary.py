"""Counts the requests of runs of Schemathesis, and exits with 1 if an operation of the description never succeeded or a
response has status 5xx. Usage: summary.py OPENAPI.json EVENTS.ndjson..."""

import collections
import json
import re
import sys

METHODS = {"get", "post", "put", "patch", "delete"}
# Operations that cannot succeed here, with the reason.
OTHERWISE_TESTED = {
    "POST /api/v1/setup": "there is an administrator",
    "GET /api/v1/session/provider": "there is no identity provider",
    "GET /api/v1/session/provider/callback": "there is no identity provider",
    "POST /api/v1/session/provider/logout": "there is no identity provider",
    "POST /api/v1/account/passkeys": "there is no authenticator",
    "PATCH /api/v1/account/passkeys/{id}": "there is no authenticator",
    "DELETE /api/v1/account/passkeys/{id}": "there is no authenticator",
    "POST /api/v1/session/passkey": "there is no authenticator",
}


def operations(document):
    return [
        (f"{method.upper()} {path}", re.compile(method.upper() + " " + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"))
        for path, methods in document["paths"].items()
        for method in methods
        if method in METHODS
    ]


def interactions(events):
    """Phase, method, path and status of each response."""
    with open(events, encoding="utf-8") as lines:
        for line in lines:
            finished = json.loads(line).get("ScenarioFinished")
            for one in ((finished or {}).get("recorder") or {}).get("interactions", {}).values():
                request, response = one["request"], one.get("response")
                path = re.sub(r"^https?://[^/]+", "", request["uri"]).split("?")[0]
                yield finished["phase"], request["method"], path, response and response["status_code"]


def main(description, *files):
    with open(description, encoding="utf-8") as file:
        known = operations(json.load(file))
    phases, classes, succeeded, server_errors = collections.Counter(), collections.Counter(), collections.Counter(), []
    for phase, method, path, status in (one for events in files for one in interactions(events)):
        phases[phase] += 1
        classes[f"{status // 100}xx" if status else "no response"] += 1
        if status and status >= 500:
            server_errors.append(f"{method} {path}: {status}")
        if status and status < 400:
            # A fixed path is also one of a path with a variable: /reembeddings/estimate and /reembeddings/{id}.
            matching = [name for name, pattern in known if pattern.match(f"{method} {path}")]
            succeeded[min(matching, key=lambda name: name.count("{"), default="other")] += 1
    print(f"{sum(phases.values())} requests: " + ", ".join(f"{name} {count}" for name, count in sorted(phases.items())))
    print("Responses: " + ", ".join(f"{name} {count}" for name, count in sorted(classes.items())))
    never = [name for name, _ in known if not succeeded[name]]
    print(f"{len(known) - len(never)} of {len(known)} operations succeeded at least once.")
    for name in sorted(OTHERWISE_TESTED.keys() & set(never)):
        print(f"Not here, since {OTHERWISE_TESTED[name]}: {name}")
    missing = [name for name in never if name not in OTHERWISE_TESTED]
    for name in missing:
        print("Never succeeded: " + name)
    for one in server_errors[:20]:
        print("Server error: " + one)
    return 1 if missing or server_errors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
