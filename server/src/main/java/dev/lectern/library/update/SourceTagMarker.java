package dev.lectern.library.update;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.SourceId;
import java.util.Collection;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Raises the generation of a collection when documents may have got or lost tags of a source, since they got or lost a location in it. Otherwise a filtered
 * search would be answered from the cache as before.
 */
@Component
class SourceTagMarker {
    private final JdbcClient jdbc;

    SourceTagMarker(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Does nothing for sources without tags. In a transaction that has locked the collection. */
    void mark(CollectionId collection, Collection<SourceId> sources) {
        for (String source : new TreeSet<>(sources.stream().map(SourceId::value).toList())) {
            int raised = jdbc.sql("UPDATE collection SET generation = generation + 1 WHERE id = ?"
                            + " AND EXISTS (SELECT 1 FROM source_tag WHERE source = ?)")
                    .params(collection.value(), source)
                    .update();
            if (raised > 0) {
                return;
            }
        }
    }
}
