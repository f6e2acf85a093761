#!/usr/bin/env bash
# Compares the throughput of repeated questions (cached answers): Lectern against the same function in FastAPI (uvloop, httptools, two workers; see app.py),
# alternately on the same machine with the load generator (wrk, 32 connections, one thread). Then Lectern alone on one connection.
# usage: bench/compare/run.sh [ROUNDS] [SECONDS]      needs wrk, curl and a Python 3.10 or newer with venv; PYTHON names another one,
# VENV a place to keep what it installs
set -euo pipefail
cd "$(dirname "$0")/../.."
# Measurements send more than a client may.
export LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES=127.0.0.0/8
rounds=${1:-3}
seconds=${2:-10}
here=bench/compare
work=$(mktemp -d)
lectern=$((20000 + RANDOM % 10000))
fastapi=$((lectern + 10000))
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT

venv=${VENV:-$work/venv}
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/pip" install -q -r "$here/requirements.txt"
"$venv/bin/pip" list 2>/dev/null | grep -iE '^(fastapi|uvicorn|uvloop|httptools|orjson|pydantic) ' | tr -s ' ' | paste -sd, -

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
reading() { curl -s "http://127.0.0.1:$lectern/api/v1/jobs"; }
until reading | grep -q '"status":"done"' && ! reading | grep -qE '"status":"(queued|running)"'; do sleep 0.5; done
echo '{"question":"How is the data folder backed up?"}' >"$work/question.json"
ask=(-H 'Content-Type: application/json' --data-binary "@$work/question.json" "http://127.0.0.1:$lectern/api/v1/ask")
cookie=$(curl -s -D - -o "$work/first.json" "${ask[@]}" | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' | tr -d '\r')
curl -s -o "$work/answer.json" "${ask[@]}"
grep -q '"cached":true' "$work/answer.json" || { echo "The question is not answered from the cache:" >&2; cat "$work/answer.json" >&2; exit 1; }
echo "the answer: $(wc -c <"$work/answer.json") bytes of JSON"

export CSP DATABASE=$work/data/lectern.db ANSWER=$work/answer.json QUESTION=$work/question.json PYTHONPATH=$here
CSP=$(curl -s -D - -o "$work/last" "${ask[@]}" | sed -n 's/^[Cc]ontent-[Ss]ecurity-[Pp]olicy: //p' | tr -d '\r')
"$venv/bin/uvicorn" app:app --port "$fastapi" --workers 2 --loop uvloop --http httptools --no-access-log --log-level warning >"$work/fastapi.log" 2>&1 &
pids+=($!)
other=(-H 'Content-Type: application/json' --data-binary "@$work/question.json" "http://127.0.0.1:$fastapi/models/api/v1/ask")
until_ok "${other[@]}"
theirs=$(curl -s -D - -o "$work/other.json" "${other[@]}" | sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\).*/\1/p' | tr -d '\r')

# load URL COOKIE CONNECTIONS SECONDS
load() { wrk -t1 "-c$3" "-d${4}s" --latency -s "$here/ask.lua" "http://127.0.0.1:$1" -- "$work/question.json" "$2" | tail -n 1; }
lectern() { load "$lectern/api/v1/ask" "$cookie" "$@"; }
by_hand() { load "$fastapi/api/v1/ask" "$theirs" "$@"; }
by_models() { load "$fastapi/models/api/v1/ask" "$theirs" "$@"; }
lectern 32 "${WARM_UP:-40}" >"$work/last"
by_hand 32 3 >"$work/last"
by_models 32 3 >"$work/last"
for ((round = 1; round <= rounds; round++)); do
  {
    echo "FastAPI-with-models $(by_models 32 "$seconds")"
    echo "FastAPI-by-hand $(by_hand 32 "$seconds")"
    echo "Lectern $(lectern 32 "$seconds")"
  } | tee -a "$work/figures"
done
awk '{ n[$1]++; sum[$1] += $3 } END { for (who in n) mean[who] = sum[who] / n[who]
  for (who in n) printf "%s: %.0f a second, Lectern %.1f times as many\n", who, mean[who], mean["Lectern"] / mean[who] }' "$work/figures"
echo "Lectern on one connection: $(lectern 1 "$seconds") (milliseconds as the client sees them)"
curl -s "http://127.0.0.1:$lectern/metrics" | awk '/^http_server_requests_seconds_sum.*\/ask/ { sum += $2 } /^http_server_requests_seconds_count.*\/ask/ { count += $2 }
  END { printf "inside the server, mean over all of them: %.3f ms\n", sum / count * 1000 }'
