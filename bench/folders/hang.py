"""A network file system that never answers: other folders keep up, /health tells, and the server stops."""

import os
import subprocess
import sys
import time

from cases import need_root, write
from program import eventually, require
from support import unmount

HEALTH_SECONDS = 60
STOP_SECONDS = 10


class NetworkFolder:
    """A mounted FUSE file system whose behaviour can be changed; see hanging.py."""

    def __init__(self, context, folder, mode, prefix="n"):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hanging.py")
        self.process = context.spawn(
            sys.executable, script, folder, mode, prefix, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        context.ends.append(lambda: unmount(folder))
        require(self.process.stdout.readline() == "mounted\n", "the network folder was not mounted")

    def set_mode(self, mode):
        self.process.stdin.write(mode + "\n")
        self.process.stdin.flush()

    def end(self):
        self.process.kill()
        self.process.wait()


def hanging(mode, later):
    """@param later whether the folder answers until it is a source"""

    def check(context):
        need_root()
        local, net = context.path("local"), context.path("net-share")
        os.mkdir(local)
        os.mkdir(net)
        write(os.path.join(local, "a.md"), "Local a about agamas.\n")
        network = NetworkFolder(context, net, "ok" if later else mode)
        # The time of a call is the default: it is what /health has to keep to.
        program = context.program(settings={"LECTERN_INGESTION_FILE_TIME": None}).start(local)
        eventually("a.md", lambda: "a.md" in program.paths())
        # A folder that does not answer is refused when the time of a call is over.
        status, answer = program.call("POST", "/api/v1/collections/default/sources", {"path": net}, timeout=45)
        if later:
            require(status == 202, f"adding the folder is answered with {status}: {answer}")
            eventually("the network folder is read", lambda: "n3.md" in program.paths())
            network.set_mode(mode)
        else:
            require(status < 500, f"adding the folder is answered with {status}: {answer}")
        began = time.monotonic()
        known = status == 202
        if known:
            program.call("POST", f"/api/v1/sources/{answer['id']}/scan")
        write(os.path.join(local, "b.md"), "Local b about bison.\n")
        eventually("another folder keeps up", lambda: "b.md" in program.paths(), HEALTH_SECONDS)
        context.note(f"other folder {time.monotonic() - began:.0f} s")
        if known:
            eventually("/health names the folder", lambda: "net-share" in program.health(), HEALTH_SECONDS + 5)
            seconds = time.monotonic() - began
            require(seconds <= HEALTH_SECONDS + 5, f"/health tells after {seconds:.0f} s")
            context.note(f"health {seconds:.0f} s")
            if later:
                require("n3.md" in program.paths(), "documents of the folder were deleted")
            jobs = program.get("/api/v1/jobs?limit=50")["items"]
            for job in jobs:
                if job["status"] in ("queued", "running"):
                    status, _ = program.call("DELETE", "/api/v1/jobs/" + job["id"])
                    require(status < 300, f"cancelling is answered with {status}")
            status, _ = program.call("DELETE", f"/api/v1/sources/{answer['id']}")
            require(status < 300, f"removing the source is answered with {status}")
            write(os.path.join(local, "c.md"), "Local c about cranes.\n")
            eventually("the other folder after the removal", lambda: "c.md" in program.paths(), HEALTH_SECONDS)
        seconds = program.stop()
        context.note(f"stop {seconds:.1f} s")
        require(seconds <= STOP_SECONDS, f"SIGTERM ends after {seconds:.0f} s")

    return check


def checks(_):
    for mode in ("read", "list", "stat"):
        for later in (False, True):
            yield f"{mode} never returns{', later' if later else ''}", hanging(mode, later), False
