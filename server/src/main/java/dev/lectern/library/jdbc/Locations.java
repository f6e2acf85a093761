package dev.lectern.library.jdbc;

import dev.lectern.library.Arrival;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.SourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which documents are where; reads alone. */
@Component
class Locations {
    private final JdbcClient jdbc;

    Locations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param alone whether the document has no other location */
    record Place(@Nullable DocumentId document, String hash, boolean alone) {}

    @Nullable Place place(Arrival arrival) {
        return jdbc.sql("SELECT l.document, l.hash,"
                        + " (SELECT COUNT(*) FROM location o WHERE o.document = l.document) AS locations"
                        + " FROM location l WHERE l.source = ? AND l.path = ?")
                .params(arrival.source().value(), arrival.path())
                .query((row, number) -> {
                    String document = row.getString("document");
                    return new Place(
                            document == null ? null : new DocumentId(document),
                            row.getString("hash"),
                            row.getInt("locations") == 1);
                })
                .optional()
                .orElse(null);
    }

    Optional<DocumentId> withBytes(CollectionId collection, String hash) {
        return jdbc.sql("SELECT id FROM document WHERE collection = ? AND hash = ?")
                .params(collection.value(), hash)
                .query((row, number) -> new DocumentId(row.getString(1)))
                .optional();
    }

    /** Documents that the arrivals may change. */
    Set<DocumentId> concerned(CollectionId collection, List<Arrival> arrivals) {
        Set<DocumentId> documents = new HashSet<>();
        Map<SourceId, List<String>> paths = new HashMap<>();
        arrivals.forEach(arrival -> paths.computeIfAbsent(arrival.source(), source -> new ArrayList<>())
                .add(arrival.path()));
        paths.forEach((source, some) -> documents.addAll(at(source, some)));
        for (List<Arrival> some : Sql.chunks(arrivals, Sql.CHUNK)) {
            documents.addAll(jdbc.sql(
                            "SELECT id FROM document WHERE collection = ? AND hash IN (" + Sql.marks(some.size()) + ")")
                    .param(collection.value())
                    .params(some.stream().map(Arrival::hash).toList())
                    .query((row, number) -> new DocumentId(row.getString(1)))
                    .list());
        }
        return documents;
    }

    List<DocumentId> at(SourceId source, Collection<String> paths) {
        List<DocumentId> documents = new ArrayList<>();
        for (List<String> some : Sql.chunks(paths, Sql.CHUNK)) {
            documents.addAll(
                    jdbc.sql("SELECT document FROM location WHERE source = ? AND document IS NOT NULL AND path IN ("
                                    + Sql.marks(some.size()) + ")")
                            .param(source.value())
                            .params(some)
                            .query((row, number) -> new DocumentId(row.getString(1)))
                            .list());
        }
        return documents;
    }

    List<CollectionId> collectionsOf(SourceId source) {
        return jdbc.sql("SELECT DISTINCT collection FROM location WHERE source = ?")
                .param(source.value())
                .query((row, number) -> new CollectionId(row.getString(1)))
                .list();
    }
}
