#!/usr/bin/env bash
# Moves a library to another embedder and back while readers ask: no question may fail, no result may be mixed of the two.
# usage: bench/switch-embedder.sh [PASSAGES] [READERS]      needs a built bench (mvn package) and a JDK 25 in JAVA_HOME; 10,000 and 20 when left out
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
exec "$JAVA_HOME/bin/java" -Xmx512m -cp "bench/target/classes:bench/target/lib/*:.lectern/app/lib/*" dev.lectern.bench.ReembeddingCheck "$@"
