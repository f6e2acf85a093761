#!/usr/bin/env bash
# Runs the quick start in Python of docs/api/quick-starts.md against a running server, and exits with 1 if it does not answer.
# The other languages are run by a test of the build.
#
#   bench/quick-starts.sh [SERVER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LECTERN=${1:-http://localhost:8080}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed -n '/^```python$/,/^```$/p' docs/api/quick-starts.md | sed '1d;$d' > "$folder/quick_start.py"
echo 'The office in Lisbon opens at nine. Visitors register at the desk.' > "$folder/lisbon.txt"
cd "$folder"
python3 quick_start.py | tee output
grep -q 'opens at nine' output
