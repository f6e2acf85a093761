#!/usr/bin/env bash
# Sends generated requests to every operation of the API of a server of its own (Schemathesis: examples, boundary values,
# random data, sequences of operations), and exits with 1 if a response has status 5xx, is not as described, or accepts what
# the description forbids, or if an operation never succeeded. The requests come from the operator with the key of the data
# folder, and then from a user and an administrator with a session (CALLERS). It needs a built program (./lectern build, or
# PROGRAM="command that starts lectern").
#
#   bench/fuzz.sh [EXAMPLES_PER_OPERATION_AND_CALLER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
examples=${1:-40}
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
# Limits would refuse most requests. With an address of its own the server takes nobody for the person at its keyboard; it
# has a name, without which there are no passkeys.
LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES=127.0.0.1 LECTERN_HTTP_PUBLIC_URL="http://localhost:$port" LECTERN_OPENAI_BASE_URL="http://127.0.0.1:$embedder_port/v1" \
  LECTERN_OPENAI_EMBEDDING_DIMENSIONS=8 \
  $program serve "$work/folder" --data "$work/data" --port "$port" > "$work/server.log" 2>&1 &
processes+=($!)
for _ in $(seq 600); do
  curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null && break
  sleep 1
done

FUZZ_SERVER=http://localhost:$port
FUZZ_KEY=$(cat "$work/data/key")
FUZZ_FOLDERS=$work/folders
SCHEMATHESIS_HOOKS=$root/bench/fuzz/hooks.py
export FUZZ_SERVER FUZZ_KEY FUZZ_FOLDERS SCHEMATHESIS_HOOKS PYTHONDONTWRITEBYTECODE=1
document=$root/server/src/main/resources/META-INF/resources/openapi.json
cd "$work"
status=0
for caller in ${CALLERS:-operator user administrator}; do
  echo "== $caller"
  if [ "$caller" = operator ]; then
    credentials=(--header "Authorization: Bearer $FUZZ_KEY")
  else
    # Without a session the caller is a visitor, who may do what everybody may.
    credentials=(--exclude-checks ignored_auth)
  fi
  # shellcheck disable=SC2086 # arguments are separated by spaces
  FUZZ_CALLER=$caller venv/bin/schemathesis --config-file "$root/bench/fuzz/settings.toml" run "$document" \
    --url "$FUZZ_SERVER" "${credentials[@]}" \
    --phases examples,coverage,fuzzing,stateful --max-examples "$examples" --workers "${WORKERS:-1}" --seed "${SEED:-1}" \
    --request-timeout 60 --continue-on-failure --generation-database none \
    --report junit,ndjson --report-dir "report/$caller" ${FUZZ_ARGUMENTS:-} || status=$?
done
python3 "$root/bench/fuzz/summary.py" "$document" report/*/ndjson-*.ndjson || status=1
exit $status
