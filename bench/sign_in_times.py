#!/usr/bin/env python3
"""Compares failed sign-ins under known and unknown names: times and bodies must not tell them apart.

usage: sign_in_times.py ADDRESS KEY-FILE [COUNT]

ADDRESS is that of a running server, such as http://localhost:8080, with LECTERN_HTTP_TRUSTED_PROXIES=127.0.0.1,
LECTERN_RATE_LIMIT_REQUESTS=0 and LECTERN_RATE_LIMIT_SIGN_IN_REQUESTS=0; KEY-FILE is the file `key` of its data folder.
It adds one account for each 40 sign-ins, takes COUNT (1000) of each kind in turns, and fails if the medians differ by
more than 5 ms or a body differs in more than the id of its request.
"""
import json
import random
import statistics
import sys
import time
import urllib.error
import urllib.request

ATTEMPTS_OF_A_NAME = 40
LIMIT_MS = 5


def call(address, path, body, headers):
    request = urllib.request.Request(
        address + "/api/v1" + path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def sign_in(address, name, number):
    client = f"198.18.{number // 250 % 256}.{number % 250 + 1}"
    begin = time.perf_counter()
    status, body = call(
        address, "/session", {"name": name, "password": "wrong horse battery staple"}, {"X-Forwarded-For": client}
    )
    took = (time.perf_counter() - begin) * 1000
    if status != 401:
        sys.exit(f"{name}: {status} {body}")
    problem = json.loads(body)
    problem.pop("requestId", None)
    return took, json.dumps(problem, sort_keys=True)


def main():
    address, key_file = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    key = {"Authorization": "Bearer " + open(key_file).read().strip()}
    run = f"{random.randrange(10**9)}"
    names = []
    for i in range((count + ATTEMPTS_OF_A_NAME - 1) // ATTEMPTS_OF_A_NAME):
        status, body = call(address, "/users", {"name": f"bench{run}n{i}"}, key)
        if status != 201:
            sys.exit(f"account: {status} {body}")
        user = json.loads(body)
        link = json.loads(call(address, f"/users/{user['id']}/password-reset", {}, key)[1])["link"]
        password = {"token": link.split("#")[1], "password": f"correct horse {run} staple"}
        status, body = call(address, "/password-reset", password, {})
        if status != 204:
            sys.exit(f"password: {status} {body}")
        names.append(user["name"])
    times = {"known": [], "unknown": []}
    bodies = set()
    for i in range(count):
        turn = [("known", names[i // ATTEMPTS_OF_A_NAME]), ("unknown", f"absent{run}n{i // ATTEMPTS_OF_A_NAME}")]
        random.shuffle(turn)
        for j, (kind, name) in enumerate(turn):
            took, body = sign_in(address, name, 2 * i + j)
            times[kind].append(took)
            bodies.add(body)
    medians = {kind: statistics.median(of_kind) for kind, of_kind in times.items()}
    difference = abs(medians["known"] - medians["unknown"])
    print(f"{count} each: known {medians['known']:.1f} ms, unknown {medians['unknown']:.1f} ms, "
          f"difference {difference:.1f} ms, {len(bodies)} different bodies")
    sys.exit(0 if difference <= LIMIT_MS and len(bodies) == 1 else 1)


main()
