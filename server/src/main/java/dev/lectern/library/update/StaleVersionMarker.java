package dev.lectern.library.update;

import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.shared.DocumentId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Marks documents whose newest bytes could not be read while an earlier version is shown, so that the text is shown with a {@link
 * dev.lectern.library.DocumentWarning}. The next commit removes the mark.
 */
@Component
class StaleVersionMarker {
    private final JdbcClient jdbc;
    private final InstantSource clock;

    StaleVersionMarker(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Marks those of the documents that failed, and raises the generations of their collections, in a transaction that has locked the collections. A document
     * that is marked keeps its mark. One whose present version is of the newest bytes is not marked: it was read again and that failed.
     */
    void mark(Collection<DocumentId> documents) {
        TreeSet<String> changed = new TreeSet<>();
        for (List<DocumentId> some : SqlParameters.split(documents)) {
            changed.addAll(jdbc.sql("UPDATE document SET stale_since = ? WHERE stale_since IS NULL AND version > 0"
                            + " AND status = 'failed' AND (hash <> present_hash OR reason_code = 'unreadable') AND id IN ("
                            + SqlParameters.placeholders(some.size()) + ") RETURNING collection")
                    .param(clock.millis())
                    .params(some.stream().map(DocumentId::value).toList())
                    .query(String.class)
                    .list());
        }
        for (String collection : changed) {
            jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?")
                    .param(collection)
                    .update();
        }
    }
}
