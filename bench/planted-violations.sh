#!/usr/bin/env bash
# Plants a violation for every gate in a copy of the working tree and shows that each is caught.
# usage: bench/planted-violations.sh      prints a line for each gate, exits 1 when one lets its violation through
set -uo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
(cd "$root" && git ls-files -z | xargs -0 tar cf -) | tar xf - -C "$copy"
cd "$copy"
main=server/src/main/java/dev/lectern
failed=0
planted=()

# plant FILE: the violation is read from standard input
plant() {
  cat > "$1"
  planted+=("$1")
}

# expect GATE TEXT: the last run must have failed and said so
expect() {
  if [ "$status" != 0 ] && grep -q -- "$2" output; then
    printf '%-16s caught: %s\n' "$1" "$(grep -m1 -- "$2" output | sed 's/^ *//' | cut -c1-110)"
  else
    printf '%-16s NOT CAUGHT\n' "$1"
    tail -n 5 output
    failed=1
  fi
}

# run COMMAND...: runs the gates, then takes the violations out again
run() {
  "$@" > output 2>&1
  status=$?
  rm -f "${planted[@]}"
  planted=()
}

server() { mvn -B -pl server "$@"; }

mvn -q -B -pl web install > output 2>&1 || { cat output; exit 1; }

plant $main/shared/Planted.java <<'J'
package dev.lectern.shared; final class Planted { int   a ; }
J
run server spotless:check
expect formatter 'format violations'

plant $main/shared/RawType.java <<'J'
package dev.lectern.shared;

final class RawType {
    final java.util.List planted = java.util.List.of();
}
J
run server compile -Dspotless.check.skip
expect xlint 'found raw type'

plant $main/shared/Comparison.java <<'J'
package dev.lectern.shared;

final class Comparison {
    static boolean planted(String text, Integer number) {
        return text.equals(number);
    }
}
J
run server compile -Dspotless.check.skip
expect error-prone '\[EqualsIncompatibleType\]'

plant $main/shared/NoValue.java <<'J'
package dev.lectern.shared;

final class NoValue {
    static String planted() {
        return null;
    }
}
J
run server compile -Dspotless.check.skip
expect nullaway '\[NullAway\]'

plant $main/index/Upwards.java <<'J'
package dev.lectern.index;

final class Upwards {
    static int planted(dev.lectern.library.Passage passage) {
        return passage.start();
    }
}
J
plant $main/library/VendorType.java <<'J'
package dev.lectern.library;

final class VendorType {
    static Object planted() {
        return new org.apache.lucene.store.ByteBuffersDirectory();
    }
}
J
plant $main/library/ScatteredValue.java <<'J'
package dev.lectern.library;

import org.springframework.beans.factory.annotation.Value;

final class ScatteredValue {
    final String planted;

    ScatteredValue(@Value("${planted}") String planted) {
        this.planted = planted;
    }
}
J
plant $main/library/DirectClock.java <<'J'
package dev.lectern.library;

final class DirectClock {
    static java.time.Instant planted() {
        return java.time.Instant.now();
    }
}
J
plant $main/library/web/PlantedController.java <<'J'
package dev.lectern.library.web;

/** Nobody may use it. */
public final class PlantedController {}
J
plant $main/library/UsesController.java <<'J'
package dev.lectern.library;

final class UsesController {
    static Object planted() {
        return new dev.lectern.library.web.PlantedController();
    }
}
J
plant $main/library/ForeignTable.java <<'J'
package dev.lectern.library;

final class ForeignTable {
    static String planted(String id) {
        return "SELECT rating FROM feedback WHERE message_id = '" + id + "'";
    }
}
J
plant $main/library/RawThread.java <<'J'
package dev.lectern.library;

final class RawThread {
    static void planted(Runnable task) {
        Thread.startVirtualThread(task);
    }
}
J
run server test -Dspotless.check.skip -Dtest='ModularityTest,ArchitectureTest,TableOwnershipTest' -Dmaven.test.failure.ignore=false
expect modules 'Upwards.planted'
expect vendor-types 'VendorType.*org.apache.lucene'
expect value 'ScatteredValue'
expect clock 'DirectClock.*Instant.now'
expect threads 'RawThread.*startVirtualThread'
expect controllers 'UsesController.*PlantedController'
expect table-owners 'ForeignTable.class names the table feedback'

run server surefire:test -Dtest=NothingFits
expect no-tests 'No tests'

plant web/src/planted.ts <<'T'
export const planted: number = "not a number";
T
run npm --prefix web run build
expect typescript 'TS2322'

plant web/src/planted.ts <<'T'
export function planted(value: any): void {
  value();
}
T
run npm --prefix web run lint
expect biome 'noExplicitAny'

head -c 200000 /dev/urandom | base64 -w 0 | sed 's/^/export default "/; s/$/";/' > web/src/heavy.ts
planted+=(web/src/heavy.ts)
cp web/src/main.tsx main.before
printf 'import heavy from "./heavy";\ndocument.title += heavy;\n' >> web/src/main.tsx
run npm --prefix web run build
mv main.before web/src/main.tsx
expect bundle-budget 'over its budget'
exit $failed
