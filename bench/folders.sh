#!/usr/bin/env bash
# Runs the program against real folders, mounts, many files and a file system that never answers, and prints a table.
# usage: bench/folders.sh [--only NAME] [--once] [--keep FOLDER] GROUP…      GROUP: cases=FOLDER, mounts, scale[=FILES], hang
#   cases=FOLDER   each subfolder of FOLDER has a make.sh that builds a folder; also with the server restarted in the middle
# Needs Linux, Python 3.10, util-linux; root for mounts and hang, and for the cases that need a permission or a limit.
# LECTERN_PROGRAM names another program than ./lectern. Mounts are made in a mount namespace that ends with this command.
set -euo pipefail
cd "$(dirname "$0")/.."
# Measurements send more than a client may.
export LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES=127.0.0.0/8
export LECTERN_PROGRAM=${LECTERN_PROGRAM:-$PWD/lectern} PYTHONDONTWRITEBYTECODE=1
[ "$LECTERN_PROGRAM" != "$PWD/lectern" ] || ./lectern build
if [ "$(id -u)" = 0 ]; then
  exec unshare --mount --propagation private -- python3 bench/folders/main.py "$@"
fi
exec python3 bench/folders/main.py "$@"
