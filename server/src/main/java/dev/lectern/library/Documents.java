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

    /** A page of a collection's documents, newest first, without their {@link Document#locations()}. */
    Page<Document> page(CollectionId collection, DocumentFilter filter);

    /** The number of documents of each status, in all collections. */
    Map<DocumentStatus, Long> counts();

    /** The text of the present version; empty before the first version. */
    Optional<DocumentText> text(DocumentId document);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND */
    OriginalFile content(DocumentId document);

    /** Suggested questions from the headings of documents, at most {@code limit}. The result is the same until the content changes. */
    List<Suggestion> suggestions(CollectionId collection, int limit);

    /**
     * Deletes a document everywhere. No search finds it after the return. A scan adds its file again only when the bytes change.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND
     */
    void delete(DocumentId document);

    /** A question that a document answers. */
    record Suggestion(String question, DocumentId document) {}
}
