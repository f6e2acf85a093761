"""Ways to lose a mount or a permission. Nothing may be deleted, one scan has to tell it, and everything comes back by itself."""

import os
import re
import subprocess

from cases import NO_OVERRIDE, need_root, write
from hang import NetworkFolder
from support import unmount
from program import Failed, eventually, require

FILES = 8


class Loss:
    """One way to lose something: how it is lost, how it comes back, and what became of it."""

    def __init__(self, name, work, context):
        self.name = name
        self.slug = re.sub(r"\W+", "-", name)
        self.work = work
        self.context = context
        self.told = True
        self.failure = None
        self.detail = ""
        os.makedirs(work)

    def path(self, *names):
        return os.path.join(self.work, *names)

    def fill(self, folder, prefix):
        """Names and texts are of this loss alone: equal files of several sources are one document."""
        os.makedirs(folder, exist_ok=True)
        for i in range(FILES):
            write(os.path.join(folder, f"{self.slug}-{prefix}{i}.md"), f"Marmots of {self.slug}, {prefix}{i}.\n")

    def plan(self, root, away, back, told=True):
        self.root, self.away, self.back, self.told = root, away, back, told

    def documents(self, all_documents):
        return {d["uri"]: d["id"] for d in all_documents if self.slug + "-" in d["uri"]}

    def attempt(self, step, *arguments):
        """Carries out a step unless an earlier one has failed."""
        if self.failure is None:
            try:
                step(self, *arguments)
            except (Failed, OSError, KeyError, subprocess.SubprocessError) as failure:
                self.failure = str(failure) or type(failure).__name__


def run_together(context, only):
    """All losses at once, in one server: what is lost of one source must not matter to the others."""
    need_root()
    losses = []
    for name, prepare in LOSSES.items():
        if only and only not in name:
            continue
        loss = Loss(name, context.path(re.sub(r"\W+", "-", name)), context)
        losses.append(loss)
        loss.attempt(prepare)
    program = context.program(prefix=NO_OVERRIDE).start()
    for loss in losses:
        loss.attempt(begin, program)
    program.await_idle()
    listed = program.documents()
    for loss in losses:
        loss.before = loss.documents(listed)
        loss.attempt(lambda one: require(len(one.before) >= FILES, f"{len(one.before)} documents to begin with"))
    try:
        for loss in losses:
            loss.attempt(lambda one: one.away())
        for loss in losses:
            loss.attempt(scan_lost, program)
        require_all_there(losses, program, "")
        program.restart()
        for loss in losses:
            loss.attempt(lambda one: program.scan(one.root))
        require_all_there(losses, program, " after a restart")
        for loss in losses:
            loss.attempt(lambda one: require(program.search(f"marmots {one.slug}"), "the documents are not found"))
    finally:
        for loss in losses:
            try:
                loss.back()
            except (OSError, AttributeError, subprocess.SubprocessError) as failure:
                loss.failure = loss.failure or f"it cannot be restored: {failure}"
    # Without a scan that is asked for: the regular one has to find it.
    for loss in losses:
        loss.attempt(require_recovered, program)
    require_all_there(losses, program, " when all is back")
    for loss in losses:
        loss.attempt(require_done, program)
    return [(loss.name, "ok" if loss.failure is None else "FAILED", loss.failure or loss.detail) for loss in losses]


def begin(loss, program):
    status, answer = program.add(loss.root)
    require(status == 202, f"the folder is answered with {status}: {answer}")
    program.await_job(answer["job"]["id"])


def scan_lost(loss, program):
    job = program.scan(loss.root)
    said = job.get("reason") or program.told(loss.root)
    if loss.told:
        require(job["status"] == "failed" or said, "the scan does not tell it")
    loss.detail = (said or "nothing to tell")[:100]


def require_all_there(losses, program, when):
    listed = program.documents()

    def all_there(loss):
        now = loss.documents(listed)
        require(len(now) >= len(loss.before), f"{len(loss.before) - len(now)} of {len(loss.before)} deleted{when}")
        require(now == loss.before, f"documents changed their ids{when}")

    for loss in losses:
        loss.attempt(all_there)


def require_recovered(loss, program):
    def recovered():
        source = program.source(loss.root)
        missing = (source.get("missing") or {}).get("count", 0)
        return not source.get("reason") and not missing and source.get("state", "ok") == "ok"

    eventually("the source is well by itself", recovered, 90)


def require_done(loss, program):
    def all_done():
        return all(d["status"] == "done" for d in program.documents() if loss.slug + "-" in d["uri"])

    eventually("all documents are done again", all_done, 60, 1)


def loop_device(loss, folder):
    image = loss.path("image")
    subprocess.run(["truncate", "-s", "16M", image], check=True)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    os.makedirs(folder, exist_ok=True)
    loss.context.mount("-o", "loop", image, folder)
    return lambda: loss.context.mount("-o", "loop", image, folder)


def mounted(kind, below):
    """A mount at the root of the source, or at a folder below it, that goes away."""

    def prepare(loss):
        root = loss.path("root")
        place = os.path.join(root, below) if below else root
        os.makedirs(place)
        if below:
            loss.fill(root, "r")
        if kind == "tmpfs":
            # Unmounting a tmpfs loses its files: it is kept by a second mount.
            kept = loss.path("kept")
            os.mkdir(kept)
            loss.context.mount("-t", "tmpfs", "none", kept)
            loss.context.mount("--bind", kept, place)
            again = lambda: loss.context.mount("--bind", kept, place)
        elif kind == "bind":
            origin = loss.path("origin")
            os.mkdir(origin)
            loss.context.mount("--bind", origin, place)
            again = lambda: loss.context.mount("--bind", origin, place)
        else:
            again = loop_device(loss, place)
        loss.fill(place, "m")
        loss.plan(root, lambda: unmount(place), again)

    return prepare


def covered(below):
    """An empty file system that is mounted over the files."""

    def prepare(loss):
        root = loss.path("root")
        loss.fill(root, "r")
        place = os.path.join(root, below) if below else root
        loss.fill(place, "m")
        loss.plan(root, lambda: loss.context.mount("-t", "tmpfs", "none", place), lambda: unmount(place))

    return prepare


def network(mode):
    """A network file system that is unmounted, whose server ends, or whose lists fail."""

    def prepare(loss):
        root = loss.path("root")
        os.mkdir(root)
        served = [NetworkFolder(loss.context, root, "ok", loss.slug + "-n")]

        def away():
            if mode == "error":
                served[0].set_mode("error")
            else:
                if mode == "unmounted":
                    unmount(root)
                served[0].end()

        def back():
            if mode == "error":
                served[0].set_mode("ok")
            else:
                unmount(root)
                served.append(NetworkFolder(loss.context, root, "ok", loss.slug + "-n"))

        loss.plan(root, away, back)

    return prepare


def permission(below, parent=False):
    """A permission that is taken from the root, its parent, a subfolder or a file."""

    def prepare(loss):
        outer = loss.path("outer")
        root = os.path.join(outer, "root")
        loss.fill(root, "r")
        loss.fill(os.path.join(root, "sub"), "m")
        place = outer if parent else os.path.join(root, below)
        mode = os.stat(place).st_mode & 0o777
        loss.plan(root, lambda: os.chmod(place, 0), lambda: os.chmod(place, mode))

    return prepare


def renamed(below):
    """A folder that has another name or place for a while, or whose files have."""

    def prepare(loss):
        root = loss.path("root")
        loss.fill(root, "r")
        loss.fill(os.path.join(root, "sub"), "m")
        place = os.path.join(root, below) if below else root
        aside = loss.path("aside")
        loss.plan(root, lambda: os.rename(place, aside), lambda: os.rename(aside, place))

    return prepare


def emptied(below):
    def prepare(loss):
        root = loss.path("root")
        loss.fill(root, "r")
        loss.fill(os.path.join(root, "sub"), "m")
        place = os.path.join(root, below) if below else root
        aside = loss.path("aside")
        os.mkdir(aside)

        def away():
            for name in os.listdir(place):
                os.rename(os.path.join(place, name), os.path.join(aside, name))

        def back():
            for name in os.listdir(aside):
                os.rename(os.path.join(aside, name), os.path.join(place, name))

        loss.plan(root, away, back)

    return prepare


def dangling_link(loss):
    origin, target, link = loss.path("origin"), loss.path("target"), loss.path("link")
    loss.fill(os.path.join(origin, "inner"), "m")
    os.mkdir(target)
    loss.context.mount("--bind", origin, target)
    os.symlink(os.path.join(target, "inner"), link)
    loss.plan(link, lambda: unmount(target), lambda: loss.context.mount("--bind", origin, target))


def read_only(loss):
    root = loss.path("root")
    again = loop_device(loss, root)
    loss.fill(root, "m")
    del again
    loss.plan(
        root,
        lambda: subprocess.run(["mount", "-o", "remount,ro", root], check=True),
        lambda: subprocess.run(["mount", "-o", "remount,rw", root], check=True),
        told=False,
    )


LOSSES = {
    "root tmpfs unmounted": mounted("tmpfs", ""),
    "root bind mount unmounted": mounted("bind", ""),
    "root loop device unmounted": mounted("loop", ""),
    "subfolder tmpfs unmounted": mounted("tmpfs", "sub"),
    "subfolder bind mount unmounted": mounted("bind", "sub"),
    "subfolder loop device unmounted": mounted("loop", "sub"),
    "nested mount unmounted": mounted("bind", "sub/deep"),
    "root covered by an empty mount": covered(""),
    "subfolder covered by an empty mount": covered("sub"),
    "network folder unmounted": network("unmounted"),
    "network server ended": network("ended"),
    "network lists fail": network("error"),
    "permission of the parent": permission("", parent=True),
    "permission of the root": permission(""),
    "permission of a subfolder": permission("sub"),
    "permission of a file": permission("permission-of-a-file-r3.md"),
    "root renamed": renamed(""),
    "subfolder moved away": renamed("sub"),
    "root emptied": emptied(""),
    "subfolder emptied": emptied("sub"),
    "link to a lost mount": dangling_link,
    "mount made read-only": read_only,
}
