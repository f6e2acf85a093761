"""Ways to lose a mount or a permission. Nothing may be deleted, one scan has to tell it, and everything comes back by itself."""

import os
import subprocess

from cases import NO_OVERRIDE, need_root, write
from hang import NetworkFolder
from support import unmount
from program import eventually, require

FILES = 8


def fill(folder, prefix):
    os.makedirs(folder, exist_ok=True)
    for i in range(FILES):
        write(os.path.join(folder, f"{prefix}{i}.md"), f"Document {prefix}{i} about marmots.\n")


def lose(context, root, away, back, told=True):
    """Serves root, carries out away, scans, carries out back, scans; root is what the source is named."""
    program = context.program(prefix=NO_OVERRIDE).start()
    status, answer = program.add(root)
    require(status == 202, f"the folder is answered with {status}: {answer}")
    program.await_job(answer["job"]["id"])
    program.await_idle()
    before = program.ids()
    require(len(before) >= FILES, f"only {len(before)} documents to begin with")
    away()
    try:
        job = program.scan(root)
        after = program.ids()
        require(after == before, f"{len(before) - len(after)} of {len(before)} documents deleted")
        if told:
            require(job["status"] == "failed" or program.told(root), "the scan does not tell it")
        context.note(job.get("reason") or program.told(root) or "nothing to tell")
        program.restart()
        program.scan(root)
        require(program.ids() == before, "documents deleted after a restart")
        require(program.search("marmots") or program.search("narwhals"), "the documents are not found meanwhile")
    finally:
        back()

    def recovered():
        source = program.source(root)
        missing = (source.get("missing") or {}).get("count", 0)
        return not source.get("reason") and not missing and source.get("state", "ok") == "ok"

    # Without a scan that is asked for: the regular one has to find it.
    eventually("the source is well by itself", recovered, 60)
    require(program.ids() == before, "documents changed their ids")
    statuses = {document["status"] for document in program.documents()}
    require(statuses == {"done"}, f"documents are {statuses}")


def loop_device(context, folder):
    image = context.path("image")
    subprocess.run(["truncate", "-s", "16M", image], check=True)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    os.makedirs(folder, exist_ok=True)
    context.mount("-o", "loop", image, folder)
    return lambda: context.mount("-o", "loop", image, folder)


def mounted(kind, below):
    """A mount at the root of the source, or at a folder below it, that goes away."""

    def check(context):
        root = context.path("root")
        place = os.path.join(root, below) if below else root
        os.makedirs(place)
        if below:
            fill(root, "r")
        if kind == "tmpfs":
            # Unmounting a tmpfs loses its files: it is kept by a second mount.
            kept = context.path("kept")
            os.mkdir(kept)
            context.mount("-t", "tmpfs", "none", kept)
            context.mount("--bind", kept, place)
            again = lambda: context.mount("--bind", kept, place)
        elif kind == "bind":
            origin = context.path("origin")
            os.mkdir(origin)
            context.mount("--bind", origin, place)
            again = lambda: context.mount("--bind", origin, place)
        else:
            again = loop_device(context, place)
        fill(place, "m")
        lose(context, root, lambda: unmount(place), again)

    return check


def covered(below):
    """An empty file system that is mounted over the files."""

    def check(context):
        root = context.path("root")
        fill(root, "r")
        place = os.path.join(root, below) if below else root
        fill(place, "m")
        lose(context, root, lambda: context.mount("-t", "tmpfs", "none", place), lambda: unmount(place))

    return check


def network(mode):
    """A network file system that is unmounted, whose server ends, or whose lists fail."""

    def check(context):
        root = context.path("root")
        os.mkdir(root)
        served = [NetworkFolder(context, root, "ok")]

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
                served.append(NetworkFolder(context, root, "ok"))

        lose(context, root, away, back)

    return check


def permission(below, parent=False):
    """A permission that is taken from the root, its parent, a subfolder or a file."""

    def check(context):
        outer = context.path("outer")
        root = os.path.join(outer, "root")
        fill(root, "r")
        fill(os.path.join(root, "sub"), "m")
        place = outer if parent else os.path.join(root, below)
        mode = os.stat(place).st_mode & 0o777
        lose(context, root, lambda: os.chmod(place, 0), lambda: os.chmod(place, mode))

    return check


def renamed(below):
    """A folder that has another name or place for a while, or whose files have."""

    def check(context):
        root = context.path("root")
        fill(root, "r")
        fill(os.path.join(root, "sub"), "m")
        place = os.path.join(root, below) if below else root
        aside = context.path("aside")
        lose(context, root, lambda: os.rename(place, aside), lambda: os.rename(aside, place))

    return check


def emptied(below):
    def check(context):
        root = context.path("root")
        fill(root, "r")
        fill(os.path.join(root, "sub"), "m")
        place = os.path.join(root, below) if below else root
        aside = context.path("aside")
        os.mkdir(aside)

        def away():
            for name in os.listdir(place):
                os.rename(os.path.join(place, name), os.path.join(aside, name))

        def back():
            for name in os.listdir(aside):
                os.rename(os.path.join(aside, name), os.path.join(place, name))

        lose(context, root, away, back)

    return check


def dangling_link(context):
    origin = context.path("origin")
    fill(origin, "m")
    target = context.path("target")
    os.mkdir(target)
    context.mount("--bind", origin, target)
    link = context.path("link")
    os.symlink(os.path.join(target, "inner"), link)
    fill(os.path.join(origin, "inner"), "m")
    lose(context, link, lambda: unmount(target), lambda: context.mount("--bind", origin, target))


def read_only(context):
    root = context.path("root")
    again = loop_device(context, root)
    fill(root, "m")
    del again
    lose(
        context,
        root,
        lambda: subprocess.run(["mount", "-o", "remount,ro", root], check=True),
        lambda: subprocess.run(["mount", "-o", "remount,rw", root], check=True),
        told=False,
    )


def checks(_):
    all_checks = {
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
        "permission of a file": permission("r3.md"),
        "root renamed": renamed(""),
        "subfolder moved away": renamed("sub"),
        "root emptied": emptied(""),
        "subfolder emptied": emptied("sub"),
        "link to a lost mount": dangling_link,
        "mount made read-only": read_only,
    }
    for name, check in all_checks.items():
        yield name, rooted(check), False


def rooted(check):
    def run(context):
        need_root()
        check(context)

    return run
