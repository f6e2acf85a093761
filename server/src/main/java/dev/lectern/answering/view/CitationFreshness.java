package dev.lectern.answering.view;

import dev.lectern.answering.Citation;
import dev.lectern.library.Documents;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.DocumentId;
import java.util.HashMap;
import java.util.Map;

/** Compares citations with the present documents, for one reader. Each document is looked up once, so an instance serves one request. Not thread-safe. */
final class CitationFreshness {
    /** The state of a cited document. */
    enum SourceState {
        CURRENT,
        CHANGED,
        /** Deleted, or no longer readable by this reader. */
        DELETED
    }

    private static final int NO_VERSION = -1;

    private final Documents documents;
    private final ReadableCollections readable;
    private final Map<DocumentId, Integer> versions = new HashMap<>();

    CitationFreshness(Documents documents, ReadableCollections readable) {
        this.documents = documents;
        this.readable = readable;
    }

    SourceState stateOf(Citation citation) {
        int version = versions.computeIfAbsent(citation.document(), this::version);
        if (version == NO_VERSION) {
            return SourceState.DELETED;
        }
        return version == citation.version() ? SourceState.CURRENT : SourceState.CHANGED;
    }

    private int version(DocumentId id) {
        return documents.find(id, readable).map(document -> document.version()).orElse(NO_VERSION);
    }
}
