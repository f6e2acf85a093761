package dev.lectern.library.update;

import dev.lectern.shared.DocumentId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps documents in step with their locations, in a transaction that has locked their collection. */
@Component
class DocumentAddressUpdater {
    private final JdbcClient jdbc;
    private final LocationRepository locations;
    private final DocumentRemover remover;

    DocumentAddressUpdater(JdbcClient jdbc, LocationRepository locations, DocumentRemover remover) {
        this.jdbc = jdbc;
        this.locations = locations;
        this.remover = remover;
    }

    /** Deletes a document without locations. Otherwise, if none of them has its address, that of the first becomes its address. */
    void updateOrDelete(DocumentId document, OutboxEntries entries) {
        Optional<String> uri = locations.findUri(document);
        if (uri.isEmpty()) {
            entries.addAll(remover.deleteRows(List.of(document)));
            return;
        }
        int changed = jdbc.sql("UPDATE document SET uri = ? WHERE id = ?"
                        + " AND uri NOT IN (SELECT uri FROM location WHERE document = ?)")
                .params(uri.get(), document.value(), document.value())
                .update();
        if (changed > 0) {
            // Citations contain the address.
            jdbc.sql("UPDATE collection SET generation = generation + 1"
                            + " WHERE id = (SELECT collection FROM document WHERE id = ?)")
                    .param(document.value())
                    .update();
        }
    }
}
