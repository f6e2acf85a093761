#!/usr/bin/env bash
# Checks and measures the limits: exact counts and forged headers, slow and idle connections beside other readers, and the processor time that limits cost.
# usage: bench/limits.sh [counts] [slow] [cost] [former] [nodes]      default: counts slow cost
#   nodes   two nodes count together, also after Redis was killed; needs redis-server, and LECTERN_DATABASE_URL (an empty PostgreSQL database),
#           LECTERN_QDRANT_URL and LECTERN_ORIGINALS_FOLDER
#   cost    against the same program without limits, CSRF and headers, which a Java agent takes out; needs JAVA_HOME, a JDK 25. PAIRS: 10
#   former  against an earlier release: the whole chain of limits, CSRF, headers, accounts and access. LECTERN_FORMER_PROGRAM names its ./lectern
# Needs Linux, where every address of 127.0.0.0/8 is this machine's, Python 3.10 and 6,000 file descriptors. LECTERN_PROGRAM names another program than
# ./lectern. Ends with status 1 if a check fails.
set -euo pipefail
cd "$(dirname "$0")/.."
export LECTERN_PROGRAM=${LECTERN_PROGRAM:-$PWD/lectern} PYTHONDONTWRITEBYTECODE=1
[ "$LECTERN_PROGRAM" != "$PWD/lectern" ] || ./lectern build
ulimit -n 8192
exec python3 bench/limits/main.py "$@"
