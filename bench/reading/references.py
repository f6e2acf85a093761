"""Reference texts: what other programs and libraries read in a file."""

import csv
import email
import email.policy
import io
import os
import re
import subprocess

PANDOC_PROGRAM = os.environ.get("PANDOC", "pandoc")
TIME = 60
PANDOC = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".epub": "epub",
    ".odt": "odt",
    ".rtf": "rtf",
}
PLAIN = (".txt", ".log")


class NoReference(Exception):
    """No reference text could be made; the message says why."""


def run(command, what, given=None):
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=TIME, check=False)
    except FileNotFoundError:
        raise NoReference(f"{command[0]} is not installed") from None
    except subprocess.TimeoutExpired:
        raise NoReference(f"{what} took more than {TIME} s") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoReference(f"{what} does not read it: {said[-1][:120] if said else done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def pdf(path):
    layout = run(["pdftotext", "-layout", "-enc", "UTF-8", path, "-"], "pdftotext")
    return [layout, run(["pdftotext", "-enc", "UTF-8", path, "-"], "pdftotext")]


def pandoc(path, reader):
    if reader in ("markdown", "html", "rst"):
        return [plain(decoded(path, reader == "html"), reader)]
    return [run([PANDOC_PROGRAM, "-f", reader, "-t", "plain", "--wrap=none", path], "pandoc")]


def plain(text, reader):
    """A text in a markup language as pandoc shows it without markup."""
    return run([PANDOC_PROGRAM, "-f", reader, "-t", "plain", "--wrap=none"], "pandoc", text.encode())


def asciidoc(path):
    return [plain(run(["asciidoctor", "-S", "safe", "-b", "xhtml5", "-o", "-", path], "asciidoctor"), "html")]


def docx(path):
    import docx as library

    document = library.Document(path)
    lines = []

    def container(part):
        for item in part.iter_inner_content():
            if isinstance(item, library.table.Table):
                seen = set()
                for row in item.rows:
                    for cell in row.cells:
                        if cell._tc not in seen:
                            seen.add(cell._tc)
                            container(cell)
            else:
                lines.append(item.text)

    container(document)
    body = list(lines)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                container(part)
    for comment in getattr(document, "comments", []):
        container(comment)
    furniture = list(dict.fromkeys(line.strip() for line in lines[len(body) :]))
    return ["\n".join(body + furniture)]


def xlsx(path):
    """Texts and whole numbers; how a formatted number or date is shown is no matter of values."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    lines = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            values = []
            for cell in row:
                value = cell.value
                if isinstance(value, str) or (
                    isinstance(value, int) and not isinstance(value, bool) and cell.number_format == "General"
                ):
                    values.append(str(value))
            lines.append(" | ".join(values))
    return ["\n".join(lines)]


def pptx(path):
    import pptx as library

    lines = []

    def shapes(group):
        for shape in group:
            if hasattr(shape, "shapes"):
                shapes(shape.shapes)
            elif getattr(shape, "has_table", False):
                for row in shape.table.rows:
                    lines.append(" | ".join(cell.text for cell in row.cells if not cell.is_spanned))
            elif shape.has_text_frame:
                lines.append(shape.text_frame.text)

    for slide in library.Presentation(path).slides:
        shapes(slide.shapes)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            lines.append(slide.notes_slide.notes_text_frame.text)
    return ["\n".join(lines)]


def decoded(path, declares_charset=False):
    with open(path, "rb") as file:
        content = file.read()
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content[:4096]) if declares_charset else None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if declared is None:
            raise NoReference("not UTF-8, and nothing says what it is") from None
        return content.decode(declared[1].decode(), "replace")


def table(path):
    text = decoded(path)
    try:
        dialect = csv.Sniffer().sniff(text[:4000], ",;\t|")
    except csv.Error:
        raise NoReference("Python's csv does not know its separator") from None
    return ["\n".join(" | ".join(row) for row in csv.reader(io.StringIO(text), dialect))]


def mail(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    if body is None or body.get_content_subtype() == "html":
        raise NoReference("a mail without plain text")
    return [f"{message['subject']}\n{message['from']}\n{body.get_content()}"]


def of(path):
    """Reference texts of a file, the first one for recall, all of them for order. Raises NoReference."""
    extension = os.path.splitext(path)[1].lower()
    known = {".pdf": pdf, ".docx": docx, ".xlsx": xlsx, ".pptx": pptx, ".csv": table, ".eml": mail, ".adoc": asciidoc}
    try:
        if extension in known:
            return known[extension](path)
        if extension in PANDOC:
            return pandoc(path, PANDOC[extension])
        if extension in PLAIN:
            return [decoded(path)]
    except NoReference:
        raise
    except Exception as failed:  # The files are made to break libraries, which raise whatever they like.
        raise NoReference(f"the library does not read it: {type(failed).__name__} {str(failed)[:80]}") from failed
    raise NoReference("no reference program for this format")
