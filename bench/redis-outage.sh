#!/usr/bin/env bash
# Measures the effect of a Redis outage on readers and the time until Redis is used again after it has returned.
# usage: bench/redis-outage.sh [FOLDER] [SECONDS]      needs a built bench (mvn package) and a JDK 25 in JAVA_HOME; default FOLDER: docs
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
"$JAVA_HOME/bin/java" -Xmx256m -cp "bench/target/classes:bench/target/lib/*" dev.lectern.bench.RedisOutageBenchmark "$@"
