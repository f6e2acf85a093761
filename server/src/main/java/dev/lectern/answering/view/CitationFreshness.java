package dev.lectern.answering.view;

import dev.lectern.answering.Citation;
import dev.lectern.library.DocumentState;
import dev.lectern.library.DocumentWarning;
import dev.lectern.library.Documents;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.DocumentId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares citations with the present documents, for one reader. All documents are looked up at once, so an instance serves one request. */
final class CitationFreshness {
    /** The state of a cited document. */
    enum SourceState {
        CURRENT,
        CHANGED,
        /** Deleted, or no longer readable by this reader. */
        DELETED
    }

    private final Map<DocumentId, DocumentState> documents;

    private CitationFreshness(Map<DocumentId, DocumentState> documents) {
        this.documents = documents;
    }

    static CitationFreshness of(Collection<Citation> citations, Documents documents, ReadableCollections readable) {
        Set<DocumentId> cited = new HashSet<>();
        citations.forEach(citation -> cited.add(citation.document()));
        return new CitationFreshness(cited.isEmpty() ? Map.of() : documents.findStates(cited, readable));
    }

    /** Of one of the citations that were looked up. A document that was read again with the same text has not changed. */
    SourceState stateOf(Citation citation) {
        DocumentState document = documents.get(citation.document());
        if (document == null) {
            return SourceState.DELETED;
        }
        boolean same = citation.version() >= document.textVersion() && citation.version() <= document.version();
        return same ? SourceState.CURRENT : SourceState.CHANGED;
    }

    /** The warning about the present text of the cited document. */
    @Nullable DocumentWarning warningOf(Citation citation) {
        DocumentState document = documents.get(citation.document());
        return document == null ? null : document.warning();
    }
}
