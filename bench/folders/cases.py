"""The folders that make.sh scripts build, each checked as its expected.txt says."""

import os
import shutil
import subprocess
import threading
import time

from program import Failed, eventually, require

NO_OVERRIDE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
NO_INOTIFY = (
    "unshare",
    "--user",
    "--map-root-user",
    "sh",
    "-c",
    'echo 0 > /proc/sys/user/max_inotify_instances && exec "$@"',
    "sh",
)


class Skipped(Exception):
    """The machine lacks what the check needs."""


def need_root():
    if os.geteuid() != 0:
        raise Skipped("needs root")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def broken_replacement(context, folder):
    program = context.program().start(folder)
    program.await_paths(["contract.html"])
    context.middle(program)
    write(os.path.join(folder, "contract.html"), "%PDF-1.4 broken")
    eventually("the document fails", lambda: program.documents()[0]["status"] == "failed")
    for hit in program.search("notice period Falcon contract"):
        require(hit.get("warning"), "the former text is found without a word about the newer version")
        require(hit["warning"]["code"] == "newer_version_unreadable", f"warning {hit['warning']}")


def busy_file(context, folder):
    program = context.program(settings={"LECTERN_INGESTION_RESCAN": "10m"}).start(folder)
    program.await_paths(["first.md"])
    stopped = threading.Event()

    def append():
        while not stopped.wait(0.1):
            for name in ("app.log", "movie.mkv.part"):
                with open(os.path.join(folder, name), "a", encoding="utf-8") as file:
                    file.write("A line of a busy log.\n")

    writer = threading.Thread(target=append)
    writer.start()
    try:
        time.sleep(2)
        context.middle(program)
        write(os.path.join(folder, "new.md"), "A new note about narwhals.\n")
        began = time.monotonic()
        eventually("new.md beside a busy file", lambda: "new.md" in program.paths(), 60)
        context.note(f"found after {time.monotonic() - began:.1f} s")
    finally:
        stopped.set()
        writer.join()


def data_folder_inside(context, folder):
    program = context.program(data=os.path.join(folder, "store"), settings={"LECTERN_INGESTION_RESCAN": "10m"})
    program.start(folder)
    program.await_paths(["a.md"])
    context.middle(program)
    program.await_idle()
    time.sleep(5)
    before = program.source(folder)["scannedAt"]
    time.sleep(10)
    require(program.source(folder)["scannedAt"] == before, "scanned again although nothing changed")
    require(program.paths() == ["a.md"], f"read {program.paths()}")


def data_folder_is_the_source(context, folder):
    program = context.program(data=folder)
    program.start(folder, await_ready=False)
    try:
        eventually("a start or a refusal", lambda: program.process.poll() is not None or is_ready(program))
        if program.process.poll() is None:
            time.sleep(8)
            require_no_secret(program)
        else:
            context.note("refused")
            program.start()
        context.middle(program)
        other = os.path.join(context.work, "link")
        os.symlink(folder, other)
        for path in (folder, other):
            status, answer = program.add(path)
            require(status in (202, 400, 409, 422), f"adding the data folder is answered with {status}: {answer}")
        time.sleep(5)
        require_no_secret(program)
    finally:
        program.kill()


def is_ready(program):
    try:
        return program.call("GET", "/health/ready")[0] == 200
    except OSError:
        return False


def require_no_secret(program):
    own = [path for path in program.paths() if path.split("/")[-1] != "a.md"]
    require(not own, f"Lectern's own files are documents: {own[:5]}")


def emptied_but_for_a_broken_link(context, folder):
    program = context.program().start(folder)
    names = [f"f{i}.txt" for i in range(10)]
    program.await_paths(names)
    before = program.ids()
    aside = context.path("aside")
    os.mkdir(aside)
    for name in names:
        os.rename(os.path.join(folder, name), os.path.join(aside, name))
    job = program.scan(folder)
    require(job["status"] == "failed" and job.get("reason"), f"the scan is {job['status']} without a reason")
    context.middle(program)
    program.scan(folder)
    require(program.ids() == before, f"{len(program.ids())} of 10 documents are left")
    require(len(program.search("marmots")) > 0, "the held documents are not found")
    for name in names:
        os.rename(os.path.join(aside, name), os.path.join(folder, name))
    require(program.scan(folder)["status"] == "done", "the scan after the return fails")
    require(program.ids() == before, "documents changed their ids")


def ignore_file_not_utf8(context, folder):
    for number, prepare in enumerate((None, lambda rules: os.chmod(rules, 0), utf16)):
        work = folder if number == 0 else shutil.copytree(folder, f"{folder}-{number}")
        if prepare:
            prepare(os.path.join(work, ".lecternignore"))
    prefix = NO_OVERRIDE if os.geteuid() == 0 else ()
    served = context.path("served")
    os.mkdir(served)
    write(os.path.join(served, "first.md"), "First.\n")
    program = context.program(prefix=prefix).start(served)
    for number in range(3):
        work = folder if number == 0 else f"{folder}-{number}"
        status, answer = program.add(work)
        require(status == 202, f"adding folder {number} is answered with {status}: {answer}")
    context.middle(program)
    shutil.copy(os.path.join(folder, ".lecternignore"), served)
    write(os.path.join(served, "drop.md"), "drop\n")
    write(os.path.join(served, "later.md"), "later\n")
    eventually("later.md", lambda: "later.md" in program.paths())
    eventually("good.md", lambda: "good.md" in program.paths())
    program.await_idle()
    # A rule file that cannot be read leaves nothing out, so drop.md is there once, of the folder with chmod 000.
    require(program.paths().count("drop.md") <= 1, f"found {program.paths()}")
    time.sleep(6)
    require(program.inotify_instances() <= 1, f"{program.inotify_instances()} inotify instances")


def utf16(rules):
    with open(rules, "rb") as file:
        text = file.read().decode("latin-1")
    with open(rules, "wb") as file:
        file.write(text.encode("utf-16"))


def ignore_patterns(context, folder):
    program = context.program().start(folder)
    program.await_paths(["good.md", "logA.txt"])
    context.middle(program)
    program.scan(folder)
    program.await_paths(["good.md", "logA.txt"])


def ignore_setting(context, folder):
    program = context.program(settings={"LECTERN_INGESTION_IGNORE": "*.bak"}).start(folder)
    program.await_paths(["z.md"])
    context.middle(program)
    program.scan(folder)
    program.await_paths(["z.md"])


def ignored_later(context, folder):
    program = context.program().start(folder)
    eventually("35 documents", lambda: len(program.paths()) == 35)
    context.middle(program)
    write(os.path.join(folder, ".lecternignore"), "build/\n")
    program.await_paths([f"n{i}.md" for i in range(1, 6)])
    require(not program.search("Build 7"), "what a rule leaves out is still found")


def inotify_used_up(context, folder):
    need_root()
    program = context.program(prefix=NO_INOTIFY).start(folder)
    program.await_paths(["a.md"])
    context.middle(program)
    write(os.path.join(folder, "b.md"), "B about bison.\n")
    program.await_paths(["a.md", "b.md"], 60)
    require("max_user_instances" in program.health(), "/health does not name fs.inotify.max_user_instances")
    other = context.path("other")
    os.mkdir(other)
    write(os.path.join(other, "c.md"), "C about cranes.\n")
    status, answer = program.add(other)
    require(status == 202, f"adding a folder is answered with {status}: {answer}")
    program.await_paths(["a.md", "b.md", "c.md"])


def large_csv(context, folder):
    program = context.program()
    program.embeddings.seconds_a_text = 0.02
    program.start(folder)

    def progress():
        jobs = program.get("/api/v1/jobs?limit=20")["items"]
        for job in jobs:
            passages = job["passages"]
            if job["status"] == "running" and passages.get("total") and 0 < passages["done"] < passages["total"]:
                return job
        return None

    job = eventually("passages embedded of all", progress)
    context.note(f"{job['passages']['done']} of {job['passages']['total']} passages")
    context.middle(program)
    write(os.path.join(folder, "small.md"), "A small note about sparrows.\n")
    eventually("a small document beside the large one", lambda: "small.md" in program.paths(), 60)
    require("customers.csv" not in program.paths(), "the large document was not at work any more")
    before = job["passages"]["done"]
    eventually("the progress goes on", lambda: (progress() or job)["passages"]["done"] > before)


def linked_folders(context, folder):
    context.ends.append(lambda: shutil.rmtree(folder + ".elsewhere", ignore_errors=True))
    program = context.program().start(folder)
    program.await_paths(["in.md"])
    context.middle(program)
    program.scan(folder)
    program.await_paths(["in.md"])
    findings = program.source(folder).get("findings") or {}
    require(findings.get("link", 0) + findings.get("broken_link", 0) >= 3, f"links are not told: {findings}")


def locale_c(context, folder):
    program = context.program(settings={"LC_ALL": "C", "LANG": "C"})
    program.start(folder)
    expected = ["plain.md", "z-plain2.md", "Übersicht.md"]
    program.await_paths(expected)
    context.middle(program)
    write(os.path.join(folder, "Größe.md"), "Another umlaut about otters.\n")
    program.await_paths([*expected, "Größe.md"])
    named = context.path("Ordner für alle")
    os.mkdir(named)
    write(os.path.join(named, "x.md"), "X.\n")
    status, answer = program.add(named)
    require(status == 202, f"a folder with an umlaut is answered with {status}: {answer}")
    program.await_paths([*expected, "Größe.md", "x.md"])


def renamed_title(context, folder):
    program = context.program().start(folder)
    eventually("documents", lambda: "plan.txt" in program.paths())
    program.await_idle()
    before = {document["title"]: document["id"] for document in program.documents()}
    context.middle(program)
    os.rename(os.path.join(folder, "plan.txt"), os.path.join(folder, "budget-2026.txt"))
    os.remove(os.path.join(folder, "copy1.txt"))

    def titles():
        return {document["title"]: document["id"] for document in program.documents()}

    eventually("titles that follow the names", lambda: sorted(titles()) == ["budget-2026", "copy2"], 30)
    require(titles()["budget-2026"] == before["plan"], "the renamed document has another id")
    for name in ("a", "b"):
        write(os.path.join(folder, name + ".txt"), f"The text of {name} in the beginning.\n")
    eventually("two more", lambda: {"a", "b"} <= set(titles()))
    program.await_idle()
    swapped = titles()
    a, b, t = (os.path.join(folder, name + ".txt") for name in "abt")
    os.rename(a, t)
    os.rename(b, a)
    os.rename(t, b)
    program.scan(folder)
    eventually("swapped titles", lambda: (titles().get("a"), titles().get("b")) == (swapped["b"], swapped["a"]), 30)


def unreadable_subfolder(context, folder):
    prefix = NO_OVERRIDE if os.geteuid() == 0 else ()
    program = context.program(prefix=prefix).start(folder)
    program.await_paths(["a.md"])
    context.middle(program)
    program.scan(folder)
    require(program.told(folder), "nothing says that sub cannot be read")


CHECKS = {
    "broken-replacement": broken_replacement,
    "busy-file": busy_file,
    "data-folder-inside": data_folder_inside,
    "data-folder-is-the-source": data_folder_is_the_source,
    "emptied-but-for-a-broken-link": emptied_but_for_a_broken_link,
    "ignore-file-not-utf8": ignore_file_not_utf8,
    "ignore-patterns": ignore_patterns,
    "ignore-setting": ignore_setting,
    "ignored-later": ignored_later,
    "inotify-used-up": inotify_used_up,
    "large-csv": large_csv,
    "linked-folders": linked_folders,
    "locale-c": locale_c,
    "renamed-title": renamed_title,
    "unreadable-subfolder": unreadable_subfolder,
}
# The group hang checks this one with a file system of its own; inotify-used-up makes its folder alone, see there.
ELSEWHERE = {"hanging-network-folder"}


def checks(folder):
    if not os.path.isdir(folder):
        raise SystemExit(f"cases: {folder!r} is no folder; write cases=FOLDER")
    for name in sorted(os.listdir(folder)):
        make = os.path.join(os.path.abspath(folder), name, "make.sh")
        if os.path.exists(make) and name not in ELSEWHERE:
            yield name, check(name, make), True


def check(name, make):
    def run(context):
        if name not in CHECKS:
            raise Failed("no check is written for this folder")
        folder = context.path("folder")
        if name == "inotify-used-up":
            # Its make.sh would use up the instances of everything that this user runs.
            os.mkdir(folder)
            write(os.path.join(folder, "a.md"), "A about adders.\n")
        else:
            subprocess.run(["bash", make, folder], check=True, stdout=subprocess.DEVNULL)
        CHECKS[name](context, folder)

    return run
