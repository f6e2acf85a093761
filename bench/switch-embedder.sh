#!/usr/bin/env bash
# Re-embeds a library with another embedder and back while readers ask questions: no question may fail, and no result may mix both embedders.
# usage: bench/switch-embedder.sh [PASSAGES] [READERS]      needs a built bench (mvn package) and a JDK 25 in JAVA_HOME; defaults: 10,000 and 20
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
exec "$JAVA_HOME/bin/java" -Xmx512m -cp "bench/target/classes:bench/target/lib/*:.lectern/app/lib/*" dev.lectern.bench.ReembeddingCheck "$@"
