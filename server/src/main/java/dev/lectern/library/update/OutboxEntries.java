package dev.lectern.library.update;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The outbox entries that a transaction wrote.
 *
 * @param index ids of entries of the index outbox
 * @param originals hashes of entries of the original outbox
 */
record OutboxEntries(List<String> index, Set<String> originals) {
    OutboxEntries() {
        this(new ArrayList<>(), new HashSet<>());
    }

    void addAll(OutboxEntries other) {
        index.addAll(other.index);
        originals.addAll(other.originals);
    }
}
