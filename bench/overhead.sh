#!/usr/bin/env bash
# Measures the overhead of answers without model time and the maximum throughput of a running server with a fake chat model.
# usage: bench/overhead.sh [FOLDER] [SECONDS]      needs a built bench (mvn package) and a JDK 25 in JAVA_HOME; default FOLDER: docs
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
"$JAVA_HOME/bin/java" -Xmx256m -cp "bench/target/classes" dev.lectern.bench.AnswerOverheadBenchmark "$@"
