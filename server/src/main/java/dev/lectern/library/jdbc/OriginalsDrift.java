package dev.lectern.library.jdbc;

import dev.lectern.library.Arrival;
import dev.lectern.library.OriginalStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where ledger and originals differ. */
@Component
class OriginalsDrift {
    private final JdbcClient jdbc;
    private final OriginalStore originals;
    private final Outbox outbox;

    OriginalsDrift(JdbcClient jdbc, OriginalStore originals, Outbox outbox) {
        this.jdbc = jdbc;
        this.originals = originals;
        this.outbox = outbox;
    }

    /**
     * By hash.
     *
     * @param missing that documents have, and whose bytes are not kept
     * @param stray whose bytes are kept, and that no document has
     */
    record Drift(List<String> missing, List<String> stray) {
        boolean isEmpty() {
            return missing.isEmpty() && stray.isEmpty();
        }

        Drift alsoIn(Drift other) {
            return new Drift(
                    missing.stream()
                            .filter(new HashSet<>(other.missing)::contains)
                            .toList(),
                    stray.stream().filter(new HashSet<>(other.stray)::contains).toList());
        }
    }

    /** What was so at two looks, and was not on its way. */
    Drift lasting() {
        Drift first = look();
        return first.isEmpty() ? first : look().alsoIn(first);
    }

    private Drift look() {
        Set<String> wanted = new HashSet<>(jdbc.sql(
                        "SELECT hash FROM document UNION SELECT present_hash FROM document WHERE present_hash IS NOT NULL")
                .query(String.class)
                .list());
        List<String> stray = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        originals.forEach(hash -> {
            kept.add(hash);
            if (!wanted.contains(hash)) {
                stray.add(hash);
            }
        });
        return new Drift(
                wanted.stream()
                        .filter(hash -> !hash.startsWith(Arrival.UNREADABLE) && !kept.contains(hash))
                        .filter(outbox::referenced)
                        .toList(),
                stray.stream().filter(this::isNobodys).toList());
    }

    /** In this order: bytes are held until they have a document, and noted when they lose it. */
    private boolean isNobodys(String hash) {
        return !originals.isHeld(hash) && !outbox.referenced(hash) && !outbox.isNoted(hash);
    }
}
