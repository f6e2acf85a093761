#!/usr/bin/env bash
# Compares what the program reads in files with what other programs read in them, and prints recall and order of words.
# usage: bench/reading.sh [--document] [--keep DIR] [--scanned] [--files DIR] [--field-cases DIR] [--only NAME] [--show N]
#   --document         the document of bench/reading/source in ten formats: words, order, tables; --keep DIR keeps the files
#   --scanned          pictures of its pages by text recognition (LECTERN_OCR_COMMAND, or else tesseract)
#   --files DIR        every file of a folder; --show N names N words that were not read
#   --field-cases DIR  folders with files and expected.txt: is the right value in the text, and in the first three passages?
# Needs Python 3.10 with venv; poppler-utils for PDFs; libreoffice-writer-nogui, libreoffice-math-nogui and asciidoctor for
# --document and --scanned, tesseract-ocr for --scanned (Debian's names). pandoc and the libraries come from PyPI (bench/reading/requirements.txt); VENV keeps them.
# READING_CLASSPATH names other classes than the built ones, LECTERN_PROGRAM another program than ./lectern.
set -euo pipefail
cd "$(dirname "$0")/.."
# Measurements send more than a client may.
export LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES=127.0.0.0/8
[ $# -ge 1 ] || set -- --help
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${VENV:-$work/venv}
if [ ! -x "$venv/bin/python" ]; then
  "${PYTHON:-python3}" -m venv "$venv"
fi
"$venv/bin/pip" install -q --disable-pip-version-check -r bench/reading/requirements.txt
pandoc=$("$venv/bin/python" -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
export PANDOC=${PANDOC:-$pandoc} PYTHONDONTWRITEBYTECODE=1 LECTERN_PROGRAM=${LECTERN_PROGRAM:-$PWD/lectern}
if [ "$LECTERN_PROGRAM" = "$PWD/lectern" ] && [[ " $* " == *" --field-cases "* ]]; then
  ./lectern build
fi
if [ -z "${READING_CLASSPATH:-}" ] && [ ! -d bench/target/classes ] && [[ " $* " =~ " --document "|" --scanned "|" --files " ]]; then
  echo "The benchmarks are not built: mvn -pl bench -am package -DskipTests" >&2
  exit 2
fi
"$venv/bin/python" bench/reading/main.py "$@"
