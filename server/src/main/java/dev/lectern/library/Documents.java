package dev.lectern.library;

import dev.lectern.http.Page;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.ReadableCollections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents of the library. Thread-safe. */
public interface Documents {

    Optional<Document> find(DocumentId document);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND when it does not exist or is in none of the collections */
    Document get(DocumentId document, ReadableCollections readable);

    /** Newest first, without their {@link Document#locations()}. */
    Page<Document> page(CollectionId collection, DocumentFilter filter);

    /** How many there are of each status, in all collections. */
    Map<DocumentStatus, Long> counts();

    /** The present version; empty while there is none. */
    Optional<DocumentText> text(DocumentId document);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND */
    OriginalFile content(DocumentId document);

    /** Questions made of headings that are really there, never invented; the same until the content changes. At most {@code limit}. */
    List<Suggestion> suggestions(CollectionId collection, int limit);

    /**
     * Deletes everywhere: when this returns nothing of it is found. A file of a folder stays away until its bytes change.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND
     */
    void delete(DocumentId document);

    /** A question that the document has an answer to. */
    record Suggestion(String question, DocumentId document) {}
}
