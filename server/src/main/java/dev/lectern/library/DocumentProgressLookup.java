package dev.lectern.library;

import dev.lectern.shared.DocumentId;
import java.util.Collection;
import java.util.Map;

/** Tells how far the work on documents is. Implemented by the module that does the work, on whichever node. */
public interface DocumentProgressLookup {

    /**
     * The progress of those documents that are being worked on; the others are left out. It does not check permissions: callers ask for documents that
     * they may show.
     */
    Map<DocumentId, DocumentProgress> find(Collection<DocumentId> documents);
}
