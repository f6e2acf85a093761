package dev.lectern.library;

import dev.lectern.security.WritableCollection;
import dev.lectern.shared.DocumentId;
import java.util.Set;

/**
 * Documents have another address, whose file name gives them another title or kind, and have to be read again. Published in the transaction that changes them.
 *
 * @param collection of the documents
 * @param documents one or more
 */
public record DocumentsRenamedEvent(WritableCollection collection, Set<DocumentId> documents) {
    public DocumentsRenamedEvent {
        documents = Set.copyOf(documents);
    }
}
