#!/usr/bin/env bash
# A question that was answered before, asked again as often as possible: Lectern against the same job in FastAPI (uvloop, httptools, orjson, two workers),
# by turns on the same machine, with the load generator (wrk, 32 connections, one thread) beside them. Then Lectern alone on one connection.
# usage: bench/compare/run.sh [ROUNDS] [SECONDS]      needs wrk, curl and a Python 3.10 or newer with venv; PYTHON names another one
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-3}
seconds=${2:-10}
here=bench/compare
work=$(mktemp -d)
lectern=$((20000 + RANDOM % 10000))
fastapi=$((lectern + 10000))
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q -r "$here/requirements.txt"
"$work/venv/bin/pip" list 2>/dev/null | grep -iE '^(fastapi|uvicorn|uvloop|httptools|orjson|pydantic) ' | tr -s ' ' | paste -sd, -

until_ok() {
  local tries=0
  until curl -sf -o "$work/last" "$@"; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] || { echo "$* does not answer" >&2; cat "$work"/*.log >&2; exit 1; }
    sleep 0.2
  done
}

./lectern build
./lectern serve docs --port "$lectern" --data "$work/data" >"$work/lectern.log" 2>&1 &
pids+=($!)
until_ok "http://127.0.0.1:$lectern/health/ready"
jobs() { curl -s "http://127.0.0.1:$lectern/api/v1/jobs"; }
until jobs | grep -q '"status":"done"' && ! jobs | grep -qE '"status":"(queued|running)"'; do sleep 0.5; done
echo '{"question":"How is the data folder backed up?"}' >"$work/question.json"
ask=(-H 'Content-Type: application/json' --data-binary "@$work/question.json" "http://127.0.0.1:$lectern/api/v1/ask")
cookie=$(curl -s -D - -o "$work/first.json" "${ask[@]}" | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' | tr -d '\r')
curl -s -o "$work/answer.json" "${ask[@]}"
grep -q '"cached":true' "$work/answer.json" || { echo "The question is not answered from the cache:" >&2; cat "$work/answer.json" >&2; exit 1; }
echo "the answer: $(wc -c <"$work/answer.json") bytes of JSON"

ANSWER=$work/answer.json QUESTION=$work/question.json PYTHONPATH=$here "$work/venv/bin/uvicorn" app:app --port "$fastapi" --workers 2 --loop uvloop \
  --http httptools --no-access-log --log-level warning >"$work/fastapi.log" 2>&1 &
pids+=($!)
until_ok -H 'Content-Type: application/json' --data-binary "@$work/question.json" "http://127.0.0.1:$fastapi/api/v1/ask"

load() { wrk -t1 "-c$2" "-d${3}s" --latency -s "$here/ask.lua" "http://127.0.0.1:$1/api/v1/ask" -- "$work/question.json" "$cookie" | tail -n 1; }
load "$lectern" 32 20 >"$work/last"
load "$fastapi" 32 5 >"$work/last"
for ((round = 1; round <= rounds; round++)); do
  echo "FastAPI  $(load "$fastapi" 32 "$seconds")" | tee -a "$work/figures"
  echo "Lectern  $(load "$lectern" 32 "$seconds")" | tee -a "$work/figures"
done
awk '{ n[$1]++; sum[$1] += $3 } END { f = sum["FastAPI"] / n["FastAPI"]; l = sum["Lectern"] / n["Lectern"];
  printf "mean requests a second: FastAPI %.0f, Lectern %.0f, %.1f times as many\n", f, l, l / f }' "$work/figures"
echo "Lectern on one connection: $(load "$lectern" 1 "$seconds") (milliseconds as the client sees them)"
curl -s "http://127.0.0.1:$lectern/metrics" | awk '/^lectern_turn_stage_seconds_(sum|count).*stage="total"/ { v[NR] = $2 } /^http_server_requests_seconds_(sum|count).*ask/ { print }' || true
