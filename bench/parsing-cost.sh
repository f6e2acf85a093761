#!/usr/bin/env bash
# Measures which share of the processor time of an ingestion the parser process takes, with the built-in embedder.
# usage: bench/parsing-cost.sh [--runs N] [--most PERCENT] [FOLDER...]      default: 3 runs, at most 5 %, the folder docs
# The folders are copied into one that is served with an empty data folder in each run. Ends with status 1 if the median share is above the limit.
# Needs Linux. LECTERN_PROGRAM names another program than ./lectern.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=3
most=5
while [[ "${1:-}" == --* ]]; do
  case $1 in
    --runs) runs=$2 ;;
    --most) most=$2 ;;
    *) sed -n 2,5p "$0" >&2; exit 2 ;;
  esac
  shift 2
done
[ $# -ge 1 ] || set -- docs
program=${LECTERN_PROGRAM:-$PWD/lectern}
unset LECTERN_PROGRAM
[ "$program" != "$PWD/lectern" ] || ./lectern build
work=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  server=
}
trap 'stop; rm -rf "$work"' EXIT
mkdir "$work/folder"
number=0
for folder; do
  number=$((number + 1))
  cp -rL "$folder" "$work/folder/$number"
done
files=$(find "$work/folder" -type f | wc -l)

# Clock ticks of a process, of its own and of its ended children, behind the name of its program in parentheses.
ticks() { sed 's/.*) //' "/proc/$1/stat" | awk -v own="$2" '{ print own ? $12 + $13 : $14 + $15 }'; }
parsers() {
  local sum child
  sum=$(ticks "$server" 0)
  for child in $(cat "/proc/$server/task"/*/children); do
    sum=$((sum + $(ticks "$child" 1) + $(ticks "$child" 0)))
  done
  echo "$sum"
}

hertz=$(getconf CLK_TCK)
: >"$work/shares"
for ((run = 1; run <= runs; run++)); do
  port=$((20000 + RANDOM % 20000))
  rm -rf "$work/data"
  "$program" serve --port "$port" --data "$work/data" >"$work/log" 2>&1 &
  server=$!
  until curl -sf "http://127.0.0.1:$port/health/ready" >"$work/ready"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.2
  done
  # What the start costs is done in the background after it.
  sleep 5
  own=$(ticks "$server" 1)
  before=$(parsers)
  "$program" ingest "$work/folder" --data "$work/data" >"$work/ingest" 2>&1 || tail -n 1 "$work/ingest"
  parsing=$(($(parsers) - before))
  other=$(($(ticks "$server" 1) - own))
  passages=$(curl -s "http://127.0.0.1:$port/metrics" | awk '/^lectern_embedded_texts_total.*passage/ { print int($2) }')
  awk -v p="$parsing" -v o="$other" 'BEGIN { printf "%.2f\n", 100 * p / (p + o) }' >>"$work/shares"
  awk -v run="$run" -v files="$files" -v passages="$passages" -v p="$parsing" -v o="$other" -v hz="$hertz" -v share="$(tail -n 1 "$work/shares")" \
    'BEGIN { printf "run %d: %d files, %d passages, parser %.2f s, server %.2f s, share of the parser %.2f %%\n", run, files, passages, p / hz, o / hz, share }'
  stop
done
sort -n "$work/shares" | awk -v most="$most" '{ share[NR] = $1 }
  END { median = NR % 2 ? share[(NR + 1) / 2] : (share[NR / 2] + share[NR / 2 + 1]) / 2
        printf "median share of the parser %.2f %%, limit %s %%\n", median, most; exit median > most }'
