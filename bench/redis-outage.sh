#!/usr/bin/env bash
# Measures what readers notice while the server's Redis is gone, and how long it takes until it is used again when it is back.
# usage: bench/redis-lost.sh [FOLDER] [SECONDS]      needs a built bench (mvn package) and a JDK 25 in JAVA_HOME; FOLDER is docs when left out
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
"$JAVA_HOME/bin/java" -Xmx256m -cp "bench/target/classes:bench/target/lib/*" dev.lectern.bench.RedisOutageBenchmark "$@"
