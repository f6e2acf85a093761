#!/usr/bin/env bash
# Measures ingestion of a folder by a running server: the first ingestion, the same files unchanged, then re-ingestions of slightly changed files, with the
# server's resident memory. The baseline is ONNX Runtime alone on the same passages.
# usage: bench/ingestion.sh FOLDER [REINGESTIONS]      needs a built bench (mvn package) and a JDK 25 in JAVA_HOME for the comparison
set -euo pipefail
cd "$(dirname "$0")/.."
# Measurements send more than a client may.
export LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES=127.0.0.0/8
[ $# -ge 1 ] || { echo "usage: bench/ingestion.sh FOLDER [REINGESTIONS]" >&2; exit 2; }
again=${2:-10}
port=${PORT:-$((20000 + RANDOM % 20000))}
work=$(mktemp -d)
cp -rL "$1" "$work/folder"
./lectern build
./lectern serve --port "$port" --data "$work/data" >"$work/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
until curl -sf "http://127.0.0.1:$port/health/ready" >"$work/ready"; do
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done

resident() { awk '/^(VmRSS|VmHWM):/ { printf "%s %d MB, ", $1, $2 / 1024 }' "/proc/$server/status"; }
embedded() { curl -s "http://127.0.0.1:$port/metrics" | awk '/^lectern_embedded_texts_total.*passage/ { print int($2) }'; }
ingest() {
  local begun ended
  begun=$(date +%s%N)
  ./lectern ingest "$work/folder" --data "$work/data" >"$work/ingest" 2>&1 || tail -n 3 "$work/ingest"
  ended=$(date +%s%N)
  echo "$1: $(((ended - begun) / 1000000)) ms, $(resident)$(embedded) passages embedded so far"
}

ingest "whole"
tail -n 2 "$work/ingest"
ingest "unchanged"
for ((round = 1; round <= again; round++)); do
  find "$work/folder" -type f -exec sh -c 'for f; do echo >>"$f"; done' sh {} +
  ingest "changed $round"
done
waited=0
while [ -n "$(pgrep -P "$server" java || true)" ] && [ "$waited" -lt 300 ]; do
  sleep 1
  waited=$((waited + 1))
done
echo "parser processes after $waited s: $(pgrep -c -P "$server" java || true)"
kill "$server"
wait "$server" 2>/dev/null || true
if [ -n "${JAVA_HOME:-}" ]; then
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -cp "bench/target/classes:server/target/classes:server/target/app/lib/*" \
    dev.lectern.bench.OnnxEmbeddingBaseline "$work/data"
fi
