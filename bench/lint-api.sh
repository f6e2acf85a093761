#!/usr/bin/env bash
# Checks the description of the API with Redocly (recommended rules) and Spectral (OpenAPI rules), and exits with 1 if one
# finds an error. The linters are installed once into bench/target, without their install scripts, and send nothing.
#
#   bench/lint-api.sh [FILE]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
file=$(realpath "${1:-server/src/main/resources/META-INF/resources/openapi.json}")
tools=bench/target/lint-api
export REDOCLY_TELEMETRY=off SCARF_ANALYTICS=false

if [ ! -x $tools/node_modules/.bin/spectral ]; then
  mkdir -p $tools
  echo '{"private": true}' > $tools/package.json
  npm install --prefix $tools --ignore-scripts --no-audit --no-fund --silent \
    @redocly/cli@2.77.0 @stoplight/spectral-cli@6.16.3
fi
cd $tools
echo 'extends: ["spectral:oas"]' > spectral.yaml
status=0
node_modules/.bin/redocly lint --extends recommended "$file" || status=1
node_modules/.bin/spectral lint --ruleset spectral.yaml --fail-severity error "$file" || status=1
exit $status
