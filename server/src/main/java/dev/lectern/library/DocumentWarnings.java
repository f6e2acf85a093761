package dev.lectern.library;

import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.DocumentId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * The warnings about the texts of documents. The generation of a collection rises whenever one of its documents gets or loses a warning, so that what is cached
 * under a generation can contain warnings. Thread-safe.
 */
public interface DocumentWarnings {

    /** The warnings of those of the documents that have one and are in one of the collections. Reads by primary key. */
    Map<DocumentId, DocumentWarning> find(Collection<DocumentId> documents, ReadableCollections readable);

    /** Like {@link #find(Collection, ReadableCollections)}, without a read as long as it is known that no document of the collections has a warning. */
    Map<DocumentId, DocumentWarning> find(Collection<DocumentId> documents, SearchableCollections searched);

    /**
     * The documents that are neither found nor cited: their newest bytes could not be read, and the setting {@code LECTERN_LIBRARY_UNREADABLE_REPLACEMENT} hides
     * the earlier version. Mostly empty.
     */
    Set<DocumentId> findHidden(ReadableCollections readable);
}
