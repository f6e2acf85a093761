"""Entry of bench/reading.sh."""

import argparse
import os
import sys

import compare_files
import field_cases


def main():
    parser = argparse.ArgumentParser(prog="bench/reading.sh")
    parser.add_argument("--files", metavar="DIR", help="compares the text of every file of a folder with reference texts")
    parser.add_argument("--field-cases", metavar="DIR", help="asks the questions of folders with expected.txt")
    parser.add_argument("--only", metavar="NAME", help="files or cases with this in their names")
    parser.add_argument("--show", metavar="N", type=int, default=0, help="with --files: shows N words that were not read")
    options = parser.parse_args()
    for folder in filter(None, (options.files, options.field_cases)):
        if not os.path.isdir(folder):
            parser.error(f"{folder} is no folder")
    ok = True
    if options.files:
        compare_files.report(options.files, options.only, options.show)
    if options.field_cases:
        ok = field_cases.report(options.field_cases, options.only)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
