package dev.lectern.answering.view;

import dev.lectern.answering.Citation;
import dev.lectern.library.Documents;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ReadableCollections;
import java.util.HashMap;
import java.util.Map;

/** What became of the documents of citations, for one reader; each is looked up once. Not thread-safe, and of use for a moment only. */
final class CitationFreshness {
    /** What became of a cited document. */
    enum Fate {
        CURRENT,
        CHANGED,
        /** Deleted, or not for this reader any more. */
        DELETED
    }

    private static final int GONE = -1;

    private final Documents documents;
    private final ReadableCollections readable;
    private final Map<DocumentId, Integer> versions = new HashMap<>();

    CitationFreshness(Documents documents, ReadableCollections readable) {
        this.documents = documents;
        this.readable = readable;
    }

    Fate of(Citation citation) {
        int version = versions.computeIfAbsent(citation.document(), this::version);
        if (version == GONE) {
            return Fate.DELETED;
        }
        return version == citation.version() ? Fate.CURRENT : Fate.CHANGED;
    }

    private int version(DocumentId id) {
        return documents
                .find(id)
                .filter(document -> readable.ids().contains(document.collection()))
                .map(document -> document.version())
                .orElse(GONE);
    }
}
