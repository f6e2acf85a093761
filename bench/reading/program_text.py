"""What the program reads in files, by its own parser process."""

import json
import os
import subprocess
import sys

CLASS = "dev.lectern.bench.ReadingDump"


def java():
    home = os.environ.get("JAVA_HOME")
    return os.path.join(home, "bin", "java") if home else "java"


def class_path():
    return os.environ.get("READING_CLASSPATH") or "bench/target/classes:server/target/classes:server/target/app/lib/*"


def read(folder, part=None):
    """One dictionary for each file of a folder (with a part in its path), in order; see the class ReadingDump."""
    command = [java(), "-Xmx1g", "-cp", class_path(), CLASS, folder, *filter(None, [part])]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f"{CLASS} ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-1500:]}")
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines() if line.startswith("{")]


def text(result):
    """Title and blocks of a file that was read."""
    return "\n".join([result["title"], *(block["text"] for block in result["blocks"])])
