"""Asks the running program the questions of field cases: is the right value in the text, and in the first three passages?"""

import os
import shutil
import sys
import tempfile

import questions

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "folders"))
import program  # noqa: E402

TOP = 3


def copied(folder, work, only):
    """A folder with the files of all cases without what is expected; returns it with the questions."""
    library, asked = os.path.join(work, "library"), []
    for case in sorted(os.listdir(folder)):
        if os.path.isfile(os.path.join(folder, case, "expected.txt")) and (not only or only in case):
            shutil.copytree(
                os.path.join(folder, case), os.path.join(library, case), ignore=shutil.ignore_patterns("expected.txt")
            )
            asked += questions.read(folder, case)
    if not asked:
        sys.exit(f"no folder in {folder} has an expected.txt with questions")
    return library, asked


def texts(server):
    """The text of each document by its path, or the reason why it has none."""
    found, failed = {}, {}
    for document in server.documents():
        path = document["uri"].split(":", 1)[1]
        if document["status"] == "done":
            text = server.get(f"/api/v1/documents/{document['id']}/text")
            found[path] = document["title"] + "\n" + text["text"]
        else:
            failed[path] = f"{document.get('code')}: {document.get('reason')}"
    return found, failed


def passages(server, question):
    """The first passages of a search as (path, text)."""
    status, body = server.call("POST", "/api/v1/search", {"query": question.text, "limit": TOP}, timeout=60)
    program.require(status == 200, f"search answered {status}: {str(body)[:200]}")
    return [(item["uri"].split(":", 1)[1], "\n".join([*item["headings"], item["text"]])) for item in body["items"][:TOP]]


def report(folder, only=None):
    """Prints a line for each question; returns whether the demands are met: all in the text, 95 % in the passages."""
    os.environ.setdefault("LECTERN_PROGRAM", os.path.abspath("lectern"))
    with tempfile.TemporaryDirectory() as work:
        library, asked = copied(folder, work, only)
        real = {"LECTERN_EMBEDDER": None, "LECTERN_OPENAI_API_KEY": None, "LECTERN_OPENAI_BASE_URL": None}
        server = program.Program(work, settings=real)
        try:
            server.start(library)
            program.eventually("the first job", lambda: server.get("/api/v1/jobs?limit=1")["items"])
            server.await_idle(900)
            return print_results(server, asked)
        finally:
            server.close()


def print_results(server, asked):
    found, failed = texts(server)
    for path, reason in sorted(failed.items()):
        print(f"not read: {path}: {reason}")
    print("text  first 3  with name  case and question: right value")
    in_text = in_passages = tied = 0
    for question in asked:
        paths = [f"{question.case}/{name}" for name in question.files]
        texts_read = [found[path] for path in paths if path in found]
        read = any(questions.answers(text, question) for text in texts_read)
        first = [text for path, text in passages(server, question) if path in paths]
        hit = any(questions.answers(text, question) for text in first)
        named = any(questions.ties(text, question) for text in first)
        in_text, in_passages, tied = in_text + read, in_passages + hit, tied + named
        marks = "".join(f"{'yes' if mark else 'NO':<9}" for mark in (read, hit, named))
        print(f"{marks}{question.case}: {question.text}  {' '.join(question.values[0])}", flush=True)
    count = len(asked)
    print(
        f"right value in the text {in_text} of {count}, in the first {TOP} passages {in_passages} ({in_passages / count:.1%}), "
        f"there with what the question names {tied}"
    )
    return in_text == count and in_passages >= 0.95 * count
