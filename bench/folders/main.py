"""Runs groups of checks against the program and prints a table; ends with status 1 when one failed. See bench/folders.sh."""

import argparse
import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import cases
import hang
import mounts
import scale
from program import Failed, Program
from support import unmount


class Context:
    """One check: a folder to work in, and what has to be ended after it, in reverse order."""

    def __init__(self, work, restarted):
        self.work = work
        self.restarted = restarted
        self.ends = []
        self.notes = []

    def path(self, *names):
        return os.path.join(self.work, *names)

    def program(self, **options):
        program = Program(self.work, **options)
        self.ends.append(program.close)
        return program

    def middle(self, program):
        """The middle of the check: restarts the server in the second round."""
        if self.restarted:
            program.restart()

    def spawn(self, *command, **options):
        process = subprocess.Popen(command, **options)
        self.ends.append(lambda: (process.kill(), process.wait()))
        return process

    def mount(self, *arguments):
        subprocess.run(["mount", *arguments], check=True)
        self.ends.append(lambda: unmount(arguments[-1]))

    def note(self, text):
        self.notes.append(text)

    def close(self):
        while self.ends:
            try:
                self.ends.pop()()
            except (OSError, subprocess.SubprocessError, Failed) as failure:
                print(f"cleanup: {failure}", file=sys.stderr)
        # A folder whose permissions were taken cannot be deleted otherwise.
        subprocess.run(["chmod", "-R", "u+rwX", self.work], stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.work, ignore_errors=True)


def attempt(check, context):
    """The result of a check and what there is to say about it."""
    try:
        check(context)
        return "ok", "; ".join(context.notes)
    except cases.Skipped as skipped:
        return "skipped", str(skipped)
    except Failed as failure:
        return "FAILED", str(failure)
    except (OSError, KeyError, subprocess.SubprocessError) as broken:
        return "FAILED", f"{type(broken).__name__}: {broken}"


def show(group, name, moment, seconds, result, detail):
    print(f"{result:8} {group:7} {name:34} {moment:9} {seconds:6.1f} s  {detail}", flush=True)


def run(group, name, check, restarted, base, keep):
    context = Context(tempfile.mkdtemp(prefix="check-", dir=base), restarted)
    began = time.monotonic()
    try:
        result, detail = attempt(check, context)
        log = context.path("server.log")
        if keep and result == "FAILED" and os.path.exists(log):
            name_of_log = f"{group}-{name}{'-restarted' if restarted else ''}.log"
            shutil.copy(log, os.path.join(keep, name_of_log.replace("/", "_").replace(" ", "-")))
    finally:
        context.close()
    show(group, name, "restarted" if restarted else "", time.monotonic() - began, result, detail)
    return result


def run_together(group, module, only, base, keep):
    """A group whose checks share one server."""
    rows = []
    whole = run(group, "all", lambda context: rows.extend(module.run_together(context, only)), False, base, keep)
    for name, result, detail in rows:
        show(group, name, "", 0, result, detail)
    return [result for _, result, _ in rows] if rows else [whole]


def end(*_):
    # A second signal must not stop the cleanup.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(143)


def main():
    arguments = argparse.ArgumentParser(prog="bench/folders.sh", description=__doc__)
    arguments.add_argument("groups", nargs="+", metavar="GROUP", help="cases=FOLDER, mounts, scale[=FILES] or hang")
    arguments.add_argument("--only", help="checks whose name contains this")
    arguments.add_argument("--once", action="store_true", help="without the second round, that restarts the server")
    arguments.add_argument("--keep", metavar="FOLDER", help="keeps the logs of failed checks there")
    options = arguments.parse_args()
    signal.signal(signal.SIGTERM, end)
    base = tempfile.mkdtemp(prefix="lectern-folders-")
    os.chmod(base, 0o755)
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
    results = []
    for wanted in options.groups:
        group, _, value = wanted.partition("=")
        checks = {"cases": cases, "mounts": mounts, "scale": scale, "hang": hang}.get(group)
        if checks is None:
            arguments.error(f"{group} is no group")
        if hasattr(checks, "run_together"):
            results += run_together(group, checks, options.only, base, options.keep)
            continue
        for name, check, twice in checks.checks(value):
            if options.only and options.only not in name:
                continue
            for restarted in (False, True) if twice and not options.once else (False,):
                results.append(run(group, name, check, restarted, base, options.keep))
    failed = results.count("FAILED")
    print(f"{len(results)} checks, {failed} failed, {results.count('skipped')} skipped")
    sys.exit(1 if failed or not results else 0)


main()
