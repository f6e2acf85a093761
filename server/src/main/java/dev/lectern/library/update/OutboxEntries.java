package dev.lectern.library.update;

import dev.lectern.shared.DocumentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a transaction leaves to be done.
 *
 * @param index ids of entries of the index outbox
 * @param originals hashes of entries of the original outbox
 * @param renamed documents that have to be read again, see {@link dev.lectern.library.DocumentsRenamedEvent}
 */
record OutboxEntries(List<String> index, Set<String> originals, Set<DocumentId> renamed) {
    OutboxEntries() {
        this(new ArrayList<>(), new HashSet<>(), new HashSet<>());
    }

    void addAll(OutboxEntries other) {
        index.addAll(other.index);
        originals.addAll(other.originals);
        renamed.addAll(other.renamed);
    }
}
