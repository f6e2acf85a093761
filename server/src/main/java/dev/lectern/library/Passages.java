package dev.lectern.library;

import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.PassageId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The passages of the present versions. Thread-safe. */
public interface Passages {

    /**
     * The passages that belong to the present version of a document in a readable collection. Others, such as stale hits of the index, are left out. Reads by
     * primary key.
     *
     * @param ids 0 to 1,000
     */
    Map<PassageId, Passage> present(Collection<PassageId> ids, ReadableCollections readable);

    /** All passages of the present version in the order of the text; empty before the first version, and when the document is in none of the collections. */
    List<Passage> ofDocument(DocumentId document, ReadableCollections readable);

    /**
     * A passage and its neighbours in the order of the text; empty when the passage does not belong to the present version of a document in a readable
     * collection.
     *
     * @param before number of passages before it, 0 to 100
     * @param after number of passages after it, 0 to 100
     */
    List<Passage> neighbours(PassageId passage, int before, int after, ReadableCollections readable);
}
