package dev.lectern.library.consistency;

import dev.lectern.library.Document;
import dev.lectern.library.OriginalStore;
import dev.lectern.library.update.OriginalOutbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the documents in the database with the stored originals. */
@Component
class OriginalsDriftDetector {
    private final JdbcClient jdbc;
    private final OriginalStore originals;
    private final OriginalOutbox outbox;

    OriginalsDriftDetector(JdbcClient jdbc, OriginalStore originals, OriginalOutbox outbox) {
        this.jdbc = jdbc;
        this.originals = originals;
        this.outbox = outbox;
    }

    /**
     * The differences, as hashes.
     *
     * @param missing originals of documents that are not stored
     * @param stray stored originals without a document
     */
    record Drift(List<String> missing, List<String> stray) {
        boolean isEmpty() {
            return missing.isEmpty() && stray.isEmpty();
        }

        Drift intersect(Drift other) {
            return new Drift(
                    missing.stream()
                            .filter(new HashSet<>(other.missing)::contains)
                            .toList(),
                    stray.stream().filter(new HashSet<>(other.stray)::contains).toList());
        }
    }

    /** The differences that two comparisons found and that no pending change explains. */
    Drift detectConfirmed() {
        Drift first = compare();
        return first.isEmpty() ? first : compare().intersect(first);
    }

    private Drift compare() {
        Set<String> expected = new HashSet<>(jdbc.sql(
                        "SELECT hash FROM document UNION SELECT present_hash FROM document WHERE present_hash IS NOT NULL")
                .query(String.class)
                .list());
        List<String> stray = new ArrayList<>();
        Set<String> stored = new HashSet<>();
        originals.forEach(hash -> {
            stored.add(hash);
            if (!expected.contains(hash)) {
                stray.add(hash);
            }
        });
        return new Drift(
                expected.stream()
                        .filter(hash -> !hash.startsWith(Document.UNREADABLE_HASH_PREFIX) && !stored.contains(hash))
                        .filter(outbox::isReferenced)
                        .toList(),
                stray.stream().filter(this::isOrphaned).toList());
    }

    /** The order of the checks matters: bytes are reserved until they have a document, and enter the outbox when they lose it. */
    private boolean isOrphaned(String hash) {
        return !originals.isReserved(hash) && !outbox.isReferenced(hash) && !outbox.contains(hash);
    }
}
