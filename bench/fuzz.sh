#!/usr/bin/env bash
# Sends generated requests to every operation of the API of a server of its own (Schemathesis: examples, boundary values,
# random data, sequences of operations), and exits with 1 if a response has status 5xx, is not as described, or accepts what
# the description forbids, or if an operation never succeeded. It needs a built program (./lectern build, or PROGRAM="command
# that starts lectern").
#
#   bench/fuzz.sh [EXAMPLES_PER_OPERATION]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
examples=${1:-150}
work=${WORK:-bench/target/fuzz}
port=${PORT:-8971}
embedder_port=${EMBEDDER_PORT:-8972}
program=${PROGRAM:-./lectern}
mkdir -p "$work"
work=$(cd "$work" && pwd)
rm -rf "$work/data" "$work/folder" "$work/folders" "$work/report"

if [ ! -x "$work/venv/bin/schemathesis" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet schemathesis==4.32.5
fi

mkdir -p "$work/folder" "$work/folders"
printf 'The office in Lisbon opens at nine.\nVisitors register at the desk.\n' > "$work/folder/lisbon.txt"
printf '# Rules\n\nEach visitor has a badge.\n' > "$work/folder/rules.md"
python3 bench/fuzz/embedder.py "$embedder_port" &
processes=($!)
trap 'kill "${processes[@]}" 2>/dev/null; wait "${processes[@]}" 2>/dev/null || true' EXIT
# Limits would refuse most requests.
LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES=127.0.0.1 LECTERN_OPENAI_BASE_URL="http://127.0.0.1:$embedder_port/v1" \
  LECTERN_OPENAI_EMBEDDING_DIMENSIONS=8 \
  $program serve "$work/folder" --data "$work/data" --port "$port" > "$work/server.log" 2>&1 &
processes+=($!)
for _ in $(seq 120); do
  curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null && break
  sleep 1
done

FUZZ_SERVER=http://127.0.0.1:$port
FUZZ_KEY=$(cat "$work/data/key")
FUZZ_FOLDERS=$work/folders
SCHEMATHESIS_HOOKS=$root/bench/fuzz/hooks.py
export FUZZ_SERVER FUZZ_KEY FUZZ_FOLDERS SCHEMATHESIS_HOOKS
cd "$work"
status=0
# shellcheck disable=SC2086 # arguments are separated by spaces
venv/bin/schemathesis --config-file "$root/bench/fuzz/settings.toml" run \
  "$root/server/src/main/resources/META-INF/resources/openapi.json" \
  --url "$FUZZ_SERVER" --header "Authorization: Bearer $FUZZ_KEY" \
  --phases examples,coverage,fuzzing,stateful --max-examples "$examples" --workers "${WORKERS:-1}" --seed "${SEED:-1}" \
  --request-timeout 60 --continue-on-failure --generation-database none \
  --report junit,ndjson --report-dir report ${FUZZ_ARGUMENTS:-} || status=$?
python3 "$root/bench/fuzz/summary.py" report/ndjson-*.ndjson \
  "$root/server/src/main/resources/META-INF/resources/openapi.json" || status=1
exit $status
