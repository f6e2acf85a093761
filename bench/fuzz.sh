#!/usr/bin/env bash
# Sends generated requests to every operation of the API of a server of its own (Schemathesis: examples, boundary values,
# random data, sequences of operations), and exits with 1 if a response has status 5xx, is not as described, or accepts what
# the description forbids. It needs a built program (./lectern build, or PROGRAM="command that starts lectern").
#
#   bench/fuzz.sh [EXAMPLES_PER_OPERATION]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
examples=${1:-150}
work=${WORK:-bench/target/fuzz}
port=${PORT:-8971}
program=${PROGRAM:-./lectern}
mkdir -p $work
rm -rf $work/data $work/folder

if [ ! -x $work/venv/bin/schemathesis ]; then
  python3 -m venv $work/venv
  $work/venv/bin/pip install --quiet schemathesis==4.32.5
fi

mkdir -p $work/folder
printf 'The office in Lisbon opens at nine.\nVisitors register at the desk.\n' > $work/folder/lisbon.txt
printf '# Rules\n\nEach visitor has a badge.\n' > $work/folder/rules.md
# Limits would refuse most requests.
LECTERN_RATE_LIMIT_ALLOWED_ADDRESSES=127.0.0.1 $program serve "$work/folder" --data $work/data --port "$port" > $work/server.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true' EXIT
for _ in $(seq 120); do
  curl -sf "http://127.0.0.1:$port/health/ready" > /dev/null && break
  sleep 1
done

key=$(cat $work/data/key)
root=$PWD
cd $work
export SCHEMATHESIS_HOOKS=$root/bench/fuzz_hooks.py
set +e
venv/bin/schemathesis --config-file "$root/bench/fuzz.toml" run \
  "$root/server/src/main/resources/META-INF/resources/openapi.json" \
  --url "http://127.0.0.1:$port" --header "Authorization: Bearer $key" \
  --phases examples,coverage,fuzzing,stateful --max-examples "$examples" --workers "${WORKERS:-2}" --seed "${SEED:-1}" \
  --request-timeout 60 --continue-on-failure --generation-database none \
  --report junit,ndjson --report-dir report ${FUZZ_ARGUMENTS:-}
exit $?
