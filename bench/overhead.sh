#!/usr/bin/env bash
# Measures what an answer costs beside models, by a running server with a stand-in for the chat model, and the server's saturation on the way.
# usage: bench/overhead.sh [FOLDER] [SECONDS]      needs a built bench (mvn package) and a JDK 25 in JAVA_HOME; FOLDER is docs when left out
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
"$JAVA_HOME/bin/java" -Xmx256m -cp "bench/target/classes" dev.lectern.bench.AnswerOverheadBenchmark "$@"
