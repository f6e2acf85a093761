"""Reads pictures of pages with the text recognition that LECTERN_OCR_COMMAND names, and compares with the text of the pages."""

import glob
import os
import shutil
import sys
import tempfile

import document_formats
import document_source
import program_text
import references
import words

COMMAND = "tesseract {input} stdout -l eng tsv"
PAGES = 8
RECALL = 0.95


def report(source_path):
    """Prints one line for each file; returns whether enough of the words were recognised."""
    missing = [program for program in ("pdftoppm", "pdftotext") if shutil.which(program) is None]
    if missing:
        sys.exit(f"{', '.join(missing)} not found. On Debian: apt-get install poppler-utils")
    os.environ.setdefault("LECTERN_OCR_COMMAND", COMMAND)
    program = os.environ["LECTERN_OCR_COMMAND"].split()[0]
    if shutil.which(program) is None:
        sys.exit(f"{program} not found. On Debian: apt-get install tesseract-ocr")
    with tempfile.TemporaryDirectory() as work:
        made, read = os.path.join(work, "made"), os.path.join(work, "read")
        os.makedirs(made)
        os.makedirs(read)
        document_formats.ten_formats(source_path, document_source.Source(source_path).tree, made)
        expected = scans(os.path.join(made, "handbook.pdf"), work, read)
        print("file           words  order  mean confidence  notices")
        return all([print_scan(result, expected) for result in program_text.read(read)])


def scans(pdf, work, folder):
    """Writes pictures of the first pages; returns the words of each file."""
    from PIL import Image

    def draw(kind, last, target):
        command = ["pdftoppm", "-r", "200", "-gray", "-" + kind, "-l", str(last)]
        references.run([*command, *(["-singlefile"] if last == 1 else []), pdf, target], "pdftoppm")

    draw("png", PAGES, os.path.join(work, "page"))
    pages = [Image.open(path) for path in sorted(glob.glob(os.path.join(work, "page*.png")))]
    pages[0].save(os.path.join(folder, "pages.pdf"), save_all=True, append_images=pages[1:], resolution=200)
    for kind in ("png", "jpeg", "tiff"):
        draw(kind, 1, os.path.join(folder, "page"))

    def text(last):
        return words.words(references.run(["pdftotext", "-l", str(last), pdf, "-"], "pdftotext"))

    return {"pages.pdf": text(PAGES), "page.tif": text(1), "page.png": text(1), "page.jpg": text(1)}


def print_scan(result, expected):
    name = result["file"]
    if "rejected" in result:
        print(f"{name:12} not read: {result['rejected']}: {result['reason']}")
        return False
    read = words.words(program_text.text(result))
    recall, order = words.recall(expected[name], read), words.order(expected[name], read)
    sure = [block["confidence"] for block in result["blocks"] if block["confidence"] is not None]
    notices = "; ".join(notice["sentence"] for notice in result["notices"])
    mean = f"{sum(sure) / len(sure):.0f} %" if sure else "none"
    print(f"{name:12}{recall:8.4f}{order:8.4f}  {mean:15}  {notices}")
    return recall >= RECALL and all("OCR" in block["marks"] for block in result["blocks"])
