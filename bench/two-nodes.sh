#!/usr/bin/env bash
# Tests two servers on one PostgreSQL, Redis and Qdrant: random sequences of changes and questions, in which no deleted text may appear; then rounds in which
# one node is killed during ingestion and answering, and rounds in which one is stopped while it writes answers. The exit status is 1 when a promise is broken.
# usage: bench/two-nodes.sh [SEQUENCES] [KILLS] [STOPS] [SEED]      defaults: 1,000, 10 and 4; needs Qdrant's program in QDRANT_BINARY or a server's
#        gRPC address in QDRANT_URL, a built bench (mvn package) and a JDK 25 in JAVA_HOME
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
exec "$JAVA_HOME/bin/java" -Xmx256m -Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider -Dslf4j.internal.verbosity=WARN \
  -cp "bench/target/classes:bench/target/lib/*:.lectern/app/lib/*" dev.lectern.bench.TwoNodeCheck "$@"
