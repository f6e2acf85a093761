#!/usr/bin/env bash
# Two servers on one PostgreSQL, Redis and Qdrant: random sequences of changes and questions, of which none may show what is gone; then rounds in which one
# of the two is killed while it ingests and answers, and some in which one is told to stop while it writes answers. Ends with 1 when anything is not as promised.
# usage: bench/two-nodes.sh [SEQUENCES] [KILLS] [STOPS] [SEED]      1,000, 10 and 4 when left out; needs Qdrant's program in QDRANT_BINARY or a server's
#        gRPC address in QDRANT_URL, a built bench (mvn package) and a JDK 25 in JAVA_HOME
set -euo pipefail
cd "$(dirname "$0")/.."
./lectern build
exec "$JAVA_HOME/bin/java" -Xmx256m -Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider -Dslf4j.internal.verbosity=WARN \
  -cp "bench/target/classes:bench/target/lib/*:.lectern/app/lib/*" dev.lectern.bench.TwoNodeCheck "$@"
