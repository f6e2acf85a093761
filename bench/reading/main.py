"""Entry of bench/reading.sh."""

import argparse
import os
import sys

import compare_files
import field_cases
import one_document


def main():
    parser = argparse.ArgumentParser(prog="bench/reading.sh")
    parser.add_argument("--document", action="store_true", help="compares one document in ten formats with its source")
    parser.add_argument("--keep", metavar="DIR", help="with --document: keeps the ten files in DIR")
    parser.add_argument("--files", metavar="DIR", help="compares the text of every file of a folder with reference texts")
    parser.add_argument("--field-cases", metavar="DIR", help="asks the questions of folders with expected.txt")
    parser.add_argument("--only", metavar="NAME", help="files or cases with this in their names")
    parser.add_argument("--show", metavar="N", type=int, default=0, help="with --files: shows N words that were not read")
    options = parser.parse_args()
    for folder in filter(None, (options.files, options.field_cases)):
        if not os.path.isdir(folder):
            parser.error(f"{folder} is no folder")
    ok = True
    if options.document:
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "source", "handbook.md")
        ok &= one_document.report(source, options.keep)
    if options.files:
        compare_files.report(options.files, options.only, options.show)
    if options.field_cases:
        ok &= field_cases.report(options.field_cases, options.only)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
