package dev.lectern.retrieval;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheKey;
import dev.lectern.caching.WaitLimit;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passages;
import dev.lectern.shared.CollectionId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Keeps what was found for a while. The generations of the collections are read before anything is searched and are a part of the key: what a search saw
 * is kept under a generation that is its own or an older one, and an older one is never asked for again once a change was acknowledged. What was
 * searched while a change was on its way is not kept, since it may lack something.
 */
final class CachingRetriever implements Retriever {
    /** Changes with the ranking, so that releases do not show each other's. */
    private static final String RANKING = "1";

    private final Retriever retriever;
    private final Cache<KeptRanking> cache;
    private final LibraryCollections collections;
    private final Passages passages;
    private final Supplier<String> models;

    /** @param models what stands for the models that search: with others something else would be found */
    CachingRetriever(
            Retriever retriever,
            Cache<KeptRanking> cache,
            LibraryCollections collections,
            Passages passages,
            Supplier<String> models) {
        this.retriever = retriever;
        this.cache = cache;
        this.collections = collections;
        this.passages = passages;
        this.models = models;
    }

    @Override
    public Retrieval retrieve(RetrievalRequest request) {
        RequestBounds.check(request);
        AtomicReference<Retrieval> searched = new AtomicReference<>();
        Optional<KeptRanking> kept = cache.get(key(request), WaitLimit.until(request.deadline()), () -> {
            Retrieval found = retriever.retrieve(request);
            searched.set(found);
            return found.settled() ? Optional.of(KeptRanking.of(found)) : Optional.empty();
        });
        Retrieval own = searched.get();
        return own != null
                ? own
                : kept.flatMap(ranking -> ranking.present(passages, request.collections()))
                        .orElseGet(() -> retriever.retrieve(request));
    }

    private String key(RetrievalRequest request) {
        CacheKey key = CacheKey.begin()
                .with(RANKING)
                .with(models.get())
                .with(request.question())
                .with(request.earlierQuestions())
                .with(request.mode().name())
                .with(request.limit());
        collections.generations(request.collections()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(CollectionId::value)))
                .forEach(entry -> key.with(entry.getKey().value()).with(entry.getValue()));
        return key.end();
    }

    @Override
    public String toString() {
        return "Caching[" + retriever + "]";
    }
}
