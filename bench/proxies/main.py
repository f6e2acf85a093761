"""Tries the program behind each set-up and prints a table. See bench/proxies.sh."""

import argparse
import concurrent.futures
import os
import shutil
import sys
import tempfile

from browser import CLIENT, Broken, Browser, require
from proxy_processes import Proxies
from services import PAUSE, PIECES, Program, StandInModels, free_port
from setups import NGINX_BARE, PROGRAMS, SETUPS

# Whoever reports nobody is counted itself.
PROXY = "127.0.0.1"
SLOW_STREAM = "slow model, stream"
SLOW_WHOLE = "slow model, whole"
COLUMNS = ("set-up", "page", "change", "foreign origin", "question", "stream", SLOW_STREAM, SLOW_WHOLE, "client")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--first-token", type=float, default=120, help="seconds until the first piece of a slow answer")
    arguments.add_argument("--only", default="", help="a part of the names of set-ups")
    arguments.add_argument("--keep", help="an empty folder for configurations and logs, which is kept")
    options = arguments.parse_args()
    work = options.keep or tempfile.mkdtemp(prefix="lectern-proxies-")
    os.makedirs(work, exist_ok=True)
    open_ends = []
    try:
        failures = run(options, os.path.abspath(work), open_ends)
    finally:
        for process in reversed(open_ends):
            process.close()
        if not options.keep:
            shutil.rmtree(work)
    sys.exit(1 if failures else 0)


def run(options, work, open_ends):
    missing = {setup.proxy for setup in SETUPS if not shutil.which(setup.proxy)}
    for proxy in sorted(missing):
        print(f"{proxy} is not installed; its set-ups are left out")
    inner = {setup.via for setup in SETUPS}
    setups = [
        setup for setup in SETUPS if setup.proxy not in missing and (options.only in setup.name or setup.name in inner)
    ]
    models = StandInModels(options.first_token)
    open_ends.append(models)
    programs = {}
    for name, settings in PROGRAMS.items():
        if all(setup.program != name for setup in setups if setup.name not in inner):
            continue
        programs[name] = Program(work, name, models, settings)
        open_ends.append(programs[name])
    for setup in setups:
        setup.port = free_port()
    unused = next(iter(programs.values()))
    for setup in setups:
        via = next((one for one in setups if one.name == setup.via), None)
        setup.upstream = via.port if via else programs.get(setup.program, unused).port
    for program in programs.values():
        program.await_document()
    open_ends.append(Proxies(work, setups))
    shown = [setup for setup in setups if setup.name not in inner]
    rows = [check(setup, programs[setup.program]) for setup in shown]
    wait_for_slow_model(shown, rows, options.first_token)
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    for row in rows:
        print("| " + " | ".join(row.get(column, "–") for column in COLUMNS) + " |")
    broken = [f"{row['set-up']}: {row['broken']}" for row in rows if "broken" in row]
    print("\n" + ("\n".join(broken) or f"All {len(rows)} set-ups behave as they should."))
    return broken


def check(setup, program):
    """One row of the table. It has the key `broken` when something does not work."""
    row = {"set-up": setup.name}
    browser = Browser(setup)
    column = "page"
    try:
        if setup.refusal:
            column = "change"
            check_refusal(setup, program, browser, row)
            return row
        browser.load_page()
        row["page"] = "yes"
        column = "change"
        browser.create_conversation()
        row["change"] = "yes"
        column = "foreign origin"
        browser.attack()
        row["foreign origin"] = "403"
        column = "question"
        browser.ask(f"When do the lamps of the lighthouse burn, {setup.name}?")
        row["question"] = "answered"
        column = "stream"
        arrivals = browser.stream(f"When does the keeper trim the lamps, {setup.name}?")
        row["stream"] = f"{len(set(arrivals))} pieces in {arrivals[-1] - arrivals[0]:.1f} s"
        whole = PAUSE * (len(PIECES) - 1)
        require(len(set(arrivals)) >= 5, f"the stream came in {len(set(arrivals))} pieces")
        require(arrivals[-1] - arrivals[0] >= 0.6 * whole, f"the stream came within {arrivals[-1] - arrivals[0]:.1f} s")
        column = "client"
        row["client"] = program.logged_clients()[-1]
        expected = PROXY if setup.config == NGINX_BARE else CLIENT
        require(row["client"] == expected, f"the client is {row['client']}, not {expected}")
    except (Broken, OSError, ValueError) as failure:
        row[column] = "**fails**"
        row["broken"] = f"{column}: {failure}"
    return row


def check_refusal(setup, program, browser, row):
    response, text = browser.read_change("POST", "/api/v1/conversations", {})
    require(response.status == 403, f"a change was answered with {response.status}")
    for name in setup.refusal:
        require(name in text, f"the refusal does not name {name}: {text}")
    row["change"] = "403, names " + ", ".join(f"`{name}`" for name in setup.refusal)
    if setup.program == "untold" and "X-Forwarded-For" in setup.config:
        part = program.health()["proxies"]
        require(part["state"] == "WARNING" and "LECTERN_HTTP_TRUSTED_PROXIES" in part["sentence"], f"health: {part}")
        row["client"] = "`/health` warns"


def wait_for_slow_model(setups, rows, seconds):
    """All at the same time, once as a stream and once without."""

    def ask(setup, kind, number):
        browser = Browser(setup)
        question = f"When do the lamps of the lighthouse burn, patience {number}?"
        if kind == "stream":
            arrivals = browser.stream(question)
            require(arrivals and arrivals[0] >= seconds, f"the first piece came after {arrivals[:1]} s")
            return f"after {seconds:.0f} s"
        if 0 < setup.gives_up < seconds:
            response, text = browser.read_change("POST", "/api/v1/ask", {"question": question})
            require(response.status == 504, f"without a stream: {response.status} {text[:200]}")
            return f"504 of the proxy after {setup.gives_up} s"
        browser.ask(question)
        return f"after {seconds:.0f} s"

    working = [(setup, row) for setup, row in zip(setups, rows) if not setup.refusal and "broken" not in row]
    with concurrent.futures.ThreadPoolExecutor(2 * len(working) or 1) as threads:
        asked = [
            (row, column, threads.submit(ask, setup, kind, 2 * number + at))
            for number, (setup, row) in enumerate(working)
            for at, (column, kind) in enumerate(((SLOW_STREAM, "stream"), (SLOW_WHOLE, "whole")))
        ]
        for row, column, answer in asked:
            try:
                row[column] = answer.result()
            except (Broken, OSError, ValueError) as failure:
                row[column] = "**fails**"
                row["broken"] = f"{column}: {failure}"


if __name__ == "__main__":
    main()
