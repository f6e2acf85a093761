#!/usr/bin/env bash
# Two servers on one PostgreSQL, Redis and Qdrant: random sequences of changes and questions, of which none may show what is gone; then rounds in which one
# of the two is killed while it ingests and answers. Ends with 1 when anything is not as promised.
# usage: bench/two-nodes.sh [SEQUENCES] [KILLS] [SEED]      1,000 and 10 when left out; needs Qdrant's program in QDRANT_BINARY or a server's gRPC address
#        in QDRANT_URL, a built bench (mvn package) and a JDK 25 in JAVA_HOME
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
exec "$JAVA_HOME/bin/java" -Xmx256m -cp "bench/target/classes:bench/target/lib/*:.lectern/app/lib/*" dev.lectern.bench.TwoNodes "$@"
