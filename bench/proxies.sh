#!/usr/bin/env bash
# Runs the program behind real nginx, HAProxy and Caddy in many set-ups, and prints a table: page, changes, foreign origins, questions, streams.
# usage: bench/proxies.sh [--first-token SECONDS] [--only PART_OF_A_NAME] [--keep FOLDER]      default: 120 s until the model's first token
# Needs nginx, haproxy, openssl and Python 3.10 (Debian: apt-get install nginx-light haproxy openssl); Caddy is tried if it is installed.
# LECTERN_PROGRAM names another program than ./lectern. Everything listens on 127.0.0.1 alone. Ends with status 1 if a set-up fails.
set -euo pipefail
cd "$(dirname "$0")/.."
for program in nginx haproxy openssl python3; do
  command -v "$program" >/dev/null || { echo "$program is not installed, see the head of bench/proxies.sh" >&2; exit 2; }
done
export LECTERN_PROGRAM=${LECTERN_PROGRAM:-$PWD/lectern} PYTHONDONTWRITEBYTECODE=1
[ "$LECTERN_PROGRAM" != "$PWD/lectern" ] || ./lectern build
exec python3 bench/proxies/main.py "$@"
