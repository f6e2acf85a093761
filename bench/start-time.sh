#!/usr/bin/env bash
# Measures the start time as a user sees it: from running `./lectern serve` to the first 200 of /health/ready.
# usage: bench/start-time.sh [RUNS]      prints each run and the median, in milliseconds; starts in an empty data folder, then in the filled one
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-10}
port=${PORT:-$((20000 + RANDOM % 20000))}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
./lectern build
times=()
for ((run = 1; run <= runs; run++)); do
  begun=$(date +%s%N)
  ./lectern serve --port "$port" --data "$folder/data" >"$folder/log" 2>&1 &
  server=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3 && grep -q ' 200 ' <&3) 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.01
  done
  ready=$(date +%s%N)
  times+=($(((ready - begun) / 1000000)))
  cpu=$([ -r "/proc/$server/stat" ] && awk '{ print ($14 + $15) * 10 " ms of processor, " }' "/proc/$server/stat" || true)
  resident=$(ps -o rss= -p "$server" || echo 0)
  echo "run $run: ${times[$((run - 1))]} ms, ${cpu}$((resident / 1024)) MB resident"
  kill "$server"
  wait "$server" 2>/dev/null || true
done
sorted=$(printf '%s\n' "${times[@]}" | sort -n)
echo "median of $runs: $(printf '%s\n' "$sorted" | sed -n "$(((runs + 1) / 2))p") ms"
