package dev.lectern.library.catalog;

import dev.lectern.library.DocumentFields;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.jdbc.CollectionGenerationRepository;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.Permission;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The fields of documents in the database. */
@Repository
class DocumentFieldRepository implements DocumentFields {
    /** Ids of documents that the results of filters in memory have, at about 100 bytes each. */
    private static final int MAX_CACHED_DOCUMENTS = 250_000;

    private final CollectionAccess access;
    private final CollectionGenerationRepository generations;
    private final SearchFilterResolver resolver;
    private final FilteredDocumentCache filtered = new FilteredDocumentCache(MAX_CACHED_DOCUMENTS);
    private final GenerationCache<List<Field>> fields;

    DocumentFieldRepository(JdbcClient jdbc, CollectionAccess access, CollectionGenerationRepository generations) {
        this.access = access;
        this.generations = generations;
        this.resolver = new SearchFilterResolver(jdbc);
        FieldSummaryReader reader = new FieldSummaryReader(jdbc);
        this.fields = new GenerationCache<>(
                List.of(), collections -> collections.stream().collect(Collectors.toMap(one -> one, reader::read)));
    }

    @Override
    public Set<DocumentId> find(SearchFilter filter, ReadableCollections readable) {
        Map<CollectionId, Long> searched = new HashMap<>(generations.read().generations());
        searched.keySet().retainAll(readable.ids());
        return find(filter, searched);
    }

    private Set<DocumentId> find(SearchFilter filter, Map<CollectionId, Long> searched) {
        String key = filter.cacheKey()
                + searched.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(CollectionId::value)))
                        .map(entry -> "\n" + entry.getKey().value() + " " + entry.getValue())
                        .collect(Collectors.joining());
        return filtered.get(key, () -> resolver.find(filter, searched.keySet()));
    }

    @Override
    public List<Field> list(Caller caller, CollectionId collection) {
        return fields.read(Map.of(collection, generation(caller, collection))).getOrDefault(collection, List.of());
    }

    @Override
    public long count(Caller caller, CollectionId collection, SearchFilter filter) {
        return find(filter, Map.of(collection, generation(caller, collection))).size();
    }

    private long generation(Caller caller, CollectionId collection) {
        access.require(caller, Permission.READ, collection, LibraryCollections::notFound);
        Long generation = generations.read().generations().get(collection);
        if (generation == null) {
            throw LibraryCollections.notFound();
        }
        return generation;
    }
}
