"""Compares the text of one document in ten formats with its source: words, order, and cells with the heads of their columns."""

import os
import subprocess
import tempfile

import document_formats
import document_source
import program_text
import words

WORDS = 0.995
ORDER = 0.995
SHOWN = 12


def cells(text):
    return [" ".join(words.words(cell)) for cell in text.split(" | ")]


class TableBlocks:
    """The rows that a reader has found, each with the header rows before it."""

    def __init__(self, blocks):
        self.rows, heads, after_row = [], [], True
        for block in blocks:
            if block["type"] == "TABLE_HEADER":
                heads = [cells(block["text"])] if after_row else [*heads, cells(block["text"])]
                after_row = False
            elif block["type"] == "TABLE_ROW":
                self.rows.append((heads, cells(block["text"])))
                after_row = True
            else:
                after_row = True

    def has(self, names, label, value):
        """Whether a row with this label has the value in a column with all these names."""
        for heads, row in self.rows:
            if row[0] != label:
                continue
            for column, cell in enumerate(row):
                head = {row_of_heads[column] for row_of_heads in heads if column < len(row_of_heads)}
                if cell == value and head and all(name in head for name in names):
                    return True
        return False


def loose_cells(source, blocks, head_rows):
    """The cells (as label, names of the column, value) that are not tied to their column's names, and how many there are."""
    found, loose, count = TableBlocks(blocks), [], 0
    for table in source.tables:
        for row in table.rows:
            for column, value in enumerate(row):
                names = {" ".join(words.words(head[column])) for head in table.heads[:head_rows]}
                value_words = " ".join(words.words(value))
                if not value_words:
                    continue
                count += 1
                label = " ".join(words.words(row[0]))
                if not found.has(names, label, value_words):
                    loose.append(f"{row[0]} / {' '.join(sorted(names))}: {value}")
    return loose, count


def report(source_path, keep=None):
    """Prints one line for each format; returns whether all demands are met."""
    source = document_source.Source(source_path)
    body = words.words("\n".join(source.body))
    everything = body + words.words("\n".join(source.beside))
    ok = True
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(os.path.abspath(keep) if keep else work, "ten-formats")
        os.makedirs(folder, exist_ok=True)
        document_formats.ten_formats(source_path, source.tree, folder)
        pages = subprocess.run(["pdfinfo", os.path.join(folder, "handbook.pdf")], capture_output=True, check=True, text=True)
        count = next(line.split()[1] for line in pages.stdout.splitlines() if line.startswith("Pages:"))
        print(f"{len(everything)} words, {len(source.tables)} tables, {count} pages\nformat   words   order   cells tied   failed")
        for result in program_text.read(folder):
            ok &= print_format(source, body, everything, result)
    return ok


def print_format(source, body, everything, result):
    name = os.path.splitext(result["file"])[1][1:]
    if "rejected" in result:
        print(f"{name:6}  not read: {result['rejected']}: {result['reason']}")
        return False
    read = words.words(program_text.text(result))
    lacking = words.missing(everything, read)
    recall, order = 1 - lacking.total() / len(everything), words.order(body, read)
    # AsciiDoc has one header row in each table; a second one is a row of the body.
    loose, count = loose_cells(source, result["blocks"], 1 if name == "adoc" else 9)
    failed = [what for what, bad in (("words", recall < WORDS), ("order", order < ORDER), ("tables", loose)) if bad]
    print(f"{name:6}{recall:8.4f}{order:8.4f}{count - len(loose):8d} of {count}   {', '.join(failed)}")
    if lacking:
        print("        lacks: " + " ".join(f"{word}*{times}" for word, times in lacking.most_common(SHOWN)))
    for cell in loose[:SHOWN]:
        print("        not tied: " + cell)
    return not failed
