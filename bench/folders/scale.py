"""Many small files: first scan, unchanged rescan, memory, inotify instances."""

import os
import time

from cases import write
from program import eventually, require

FILES = 20_000
RESCAN_SECONDS = 10
RESIDENT_MEGABYTES = 600


def check(files):
    def run(context):
        folder = context.path("many")
        for i in range(files):
            if i % 100 == 0:
                sub = os.path.join(folder, f"{i // 1000:03}", f"{i // 100:05}")
                os.makedirs(sub)
            write(os.path.join(sub, f"note-{i:06}.md"), f"# Note {i}\n\nNumber {i} about tower {i * 7919 % 9973}.\n")
        settings = {"LECTERN_INGESTION_RESCAN": "10m"}
        program = context.program(settings=settings).start()
        began = time.monotonic()
        status, answer = program.add(folder)
        require(status == 202, f"adding the folder is answered with {status}")
        job = answer["job"]["id"]
        listed = lambda: program.get("/api/v1/jobs/" + job)["documents"]["total"] == files
        eventually("all files are found", listed, 900, 1)
        context.note(f"found after {time.monotonic() - began:.0f} s")
        ended = program.await_job(job, 3600)
        require(ended["documents"]["done"] == files, f"{ended['documents']} of {files}")
        context.note(f"read after {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        require(program.scan(folder)["status"] == "done", "the rescan fails")
        seconds = time.monotonic() - began
        peak = program.resident_megabytes(peak=True)
        instances = program.inotify_instances()
        context.note(f"rescan {seconds:.1f} s; {peak} MB at most; {instances} inotify")
        require(seconds <= RESCAN_SECONDS, f"the unchanged rescan takes {seconds:.1f} s")
        require(peak <= RESIDENT_MEGABYTES, f"{peak} MB resident")
        require(instances == 1, f"{instances} inotify instances")
        new = os.path.join(folder, "000", "00000", "new.md")
        write(new, "A new note about narwhals.\n")
        eventually("a new file", lambda: program.search("narwhals"), 60)

    return run


def checks(value):
    files = int(value or FILES)
    yield f"{files} files", check(files), False
