package dev.lectern.library.catalog;

import dev.lectern.library.DocumentWarning;
import dev.lectern.library.DocumentWarnings;
import dev.lectern.library.LibraryProperties;
import dev.lectern.library.SearchableCollections;
import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.library.jdbc.SqlParameters;
import dev.lectern.library.jdbc.StaleVersionCondition;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The warnings in the database. */
@Repository
class DocumentWarningRepository implements DocumentWarnings {
    private final JdbcClient jdbc;
    private final CollectionGenerationRepository generations;
    private final LibraryProperties properties;
    private final GenerationCache<Set<DocumentId>> stale = new GenerationCache<>(Set.of(), this::findStale);
    /** Whether files of a collection are missing. */
    private final GenerationCache<Boolean> missing = new GenerationCache<>(false, this::findMissing);

    DocumentWarningRepository(
            JdbcClient jdbc, CollectionGenerationRepository generations, LibraryProperties properties) {
        this.jdbc = jdbc;
        this.generations = generations;
        this.properties = properties;
    }

    private record Found(CollectionId collection, DocumentWarning warning) {}

    @Override
    public Map<DocumentId, DocumentWarning> find(Collection<DocumentId> documents, ReadableCollections readable) {
        return read(documents).entrySet().stream()
                .filter(found -> readable.ids().contains(found.getValue().collection()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().warning()));
    }

    @Override
    public Map<DocumentId, DocumentWarning> find(Collection<DocumentId> documents, SearchableCollections searched) {
        return documents.isEmpty() || !hasWarnings(searched.generations())
                ? Map.of()
                : find(documents, searched.readable());
    }

    private boolean hasWarnings(Map<CollectionId, Long> collections) {
        return missing.read(collections).containsValue(true)
                || stale.read(collections).values().stream().anyMatch(documents -> !documents.isEmpty());
    }

    @Override
    public Set<DocumentId> findHidden(ReadableCollections readable) {
        if (!properties.hidesUnreadable()) {
            return Set.of();
        }
        Map<CollectionId, Long> searched = new HashMap<>(generations.read().generations());
        searched.keySet().retainAll(readable.ids());
        return stale.read(searched).values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** The number of documents of {@link #findHidden} in each collection. */
    Map<CollectionId, Integer> countHidden(Map<CollectionId, Long> collections) {
        if (!properties.hidesUnreadable()) {
            return Map.of();
        }
        Map<CollectionId, Integer> counts = new HashMap<>();
        stale.read(collections).forEach((collection, documents) -> counts.put(collection, documents.size()));
        return counts;
    }

    /** The warnings of documents that the caller has permission for. */
    Map<DocumentId, DocumentWarning> find(Collection<DocumentId> documents) {
        return read(documents).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().warning()));
    }

    private Map<DocumentId, Found> read(Collection<DocumentId> documents) {
        Map<DocumentId, Found> found = new HashMap<>();
        for (List<DocumentId> some : SqlParameters.split(documents)) {
            readMissing(some, found);
            // That the text is outdated says more than that its file is away.
            jdbc.sql("SELECT id, collection, stale_since, reason FROM document WHERE id IN ("
                            + SqlParameters.placeholders(some.size()) + ") AND " + StaleVersionCondition.SQL)
                    .params(some.stream().map(DocumentId::value).toList())
                    .query(row -> {
                        found.put(
                                new DocumentId(row.getString("id")),
                                new Found(
                                        new CollectionId(row.getString("collection")),
                                        DocumentWarning.unreadable(
                                                Instant.ofEpochMilli(row.getLong("stale_since")),
                                                row.getString("reason"))));
                    });
        }
        return found;
    }

    /** Documents all of whose files are missing, since the last of them is. */
    private void readMissing(List<DocumentId> documents, Map<DocumentId, Found> found) {
        jdbc.sql("SELECT document, MIN(collection) AS collection, MAX(missing_since) AS missing_since FROM location"
                        + " WHERE document IN (" + SqlParameters.placeholders(documents.size())
                        + ") GROUP BY document HAVING COUNT(*) = COUNT(missing_since)")
                .params(documents.stream().map(DocumentId::value).toList())
                .query(row -> {
                    found.put(
                            new DocumentId(row.getString("document")),
                            new Found(
                                    new CollectionId(row.getString("collection")),
                                    DocumentWarning.missing(Instant.ofEpochMilli(row.getLong("missing_since")))));
                });
    }

    private Map<CollectionId, Boolean> findMissing(List<CollectionId> collections) {
        Map<CollectionId, Boolean> found = new HashMap<>();
        jdbc.sql("SELECT DISTINCT collection FROM location WHERE missing_since IS NOT NULL AND collection IN ("
                        + SqlParameters.placeholders(collections.size()) + ")")
                .params(collections.stream().map(CollectionId::value).toList())
                .query(row -> {
                    found.put(new CollectionId(row.getString(1)), true);
                });
        return found;
    }

    private Map<CollectionId, Set<DocumentId>> findStale(List<CollectionId> collections) {
        Map<CollectionId, Set<DocumentId>> found = new HashMap<>();
        jdbc.sql("SELECT collection, id FROM document WHERE collection IN ("
                        + SqlParameters.placeholders(collections.size()) + ") AND " + StaleVersionCondition.SQL)
                .params(collections.stream().map(CollectionId::value).toList())
                .query(row -> {
                    found.computeIfAbsent(new CollectionId(row.getString(1)), one -> new HashSet<>())
                            .add(new DocumentId(row.getString(2)));
                });
        return found;
    }
}
