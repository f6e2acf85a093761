package dev.lectern.library;

import dev.lectern.http.Page;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents of the library. Every method that shows or changes documents checks the permission of its caller. Thread-safe. */
public interface Documents {

    /** Empty when it does not exist or is in none of the collections. */
    Optional<Document> find(DocumentId document, ReadableCollections readable);

    /** What citations of the documents depend on. Documents that do not exist or are in none of the collections are left out. Reads by primary key. */
    Map<DocumentId, DocumentState> findStates(Collection<DocumentId> documents, ReadableCollections readable);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND when it does not exist or the caller may not read it */
    Document get(Caller caller, DocumentId document);

    /**
     * A document that the caller is about to change.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND when it does not exist or the caller may not read it; FORBIDDEN when the caller may only read it
     */
    Document getWritable(Caller caller, DocumentId document);

    /**
     * A page of a collection's documents, newest first, without their {@link Document#locations()}.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND when the caller may not read the collection
     */
    Page<Document> page(Caller caller, CollectionId collection, DocumentFilter filter);

    /** The number of documents of each status, in all collections. */
    Map<DocumentStatus, Long> counts();

    /** The text of the present version; empty before the first version, and when the caller may not read the document. */
    Optional<DocumentText> text(Caller caller, DocumentId document);

    /**
     * Where the lines of the text are on their pages, in the order of the text. Empty for formats without a layout, and for a version that an earlier release
     * has read.
     *
     * @param version of the document that the caller has the text of; the result is empty when another one is present
     */
    List<TextLine> lines(Caller caller, DocumentId document, int version);

    /** @throws dev.lectern.shared.LecternException NOT_FOUND when it does not exist or the caller may not read it */
    OriginalFile content(Caller caller, DocumentId document);

    /**
     * Suggested questions from the headings of documents, at most {@code limit}. The result is the same until the content changes.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND when the caller may not read the collection
     */
    List<Suggestion> suggestions(Caller caller, CollectionId collection, int limit);

    /**
     * Deletes a document everywhere. No search finds it after the return. A scan adds its file again only when the bytes change.
     *
     * @throws dev.lectern.shared.LecternException NOT_FOUND when it does not exist or the caller may not read it; FORBIDDEN when the caller may only read it
     */
    default void delete(Caller caller, DocumentId document) {
        delete(caller, document, () -> {});
    }

    /**
     * As {@link #delete(Caller, DocumentId)}, if a condition holds.
     *
     * @param condition throws if it does not; called in the transaction that deletes, while nobody else can change the document, for callers who may
     */
    void delete(Caller caller, DocumentId document, Runnable condition);

    /** A question that a document answers. */
    record Suggestion(String question, DocumentId document) {}
}
