package dev.lectern.library;

import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import dev.lectern.shared.ReadableCollections;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The passages of the present versions. Thread-safe. */
public interface Passages {

    /**
     * Those that belong to the present version of a document in a readable collection; the others, such as stale hits of the index, are left out.
     * One statement by primary key.
     *
     * @param ids 0 to 1,000
     */
    Map<PassageId, Passage> present(Collection<PassageId> ids, ReadableCollections readable);

    /** All passages of the present version in their order; empty when there is none. */
    List<Passage> ofDocument(DocumentId document);

    /**
     * The passage and those around it in the present version, in their order; empty when the passage is not of the present version.
     *
     * @param before how many before it, 0 to 100
     * @param after how many after it, 0 to 100
     */
    List<Passage> neighbours(PassageId passage, int before, int after);
}
