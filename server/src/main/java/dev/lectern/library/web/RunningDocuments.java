package dev.lectern.library.web;

import dev.lectern.library.Document;
import dev.lectern.library.DocumentProgress;
import dev.lectern.library.DocumentProgressLookup;
import dev.lectern.library.DocumentStatus;
import dev.lectern.library.DocumentView;
import dev.lectern.shared.DocumentId;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Describes documents together with the progress of those that are being worked on. */
@Component
class RunningDocuments {
    private final ObjectProvider<DocumentProgressLookup> lookup;

    RunningDocuments(ObjectProvider<DocumentProgressLookup> lookup) {
        this.lookup = lookup;
    }

    List<DocumentView> describe(List<Document> documents) {
        List<DocumentId> running = documents.stream()
                .filter(document -> document.status() == DocumentStatus.RUNNING)
                .map(Document::id)
                .toList();
        DocumentProgressLookup known = running.isEmpty() ? null : lookup.getIfAvailable();
        Map<DocumentId, DocumentProgress> progress = known == null ? Map.of() : known.find(running);
        return documents.stream()
                .map(document -> DocumentView.of(document, progress.get(document.id())))
                .toList();
    }
}
