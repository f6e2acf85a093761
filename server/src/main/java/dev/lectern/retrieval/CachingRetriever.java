package dev.lectern.retrieval;

import dev.lectern.caching.Cache;
import dev.lectern.caching.CacheKeyBuilder;
import dev.lectern.caching.CacheLoadWaitLimit;
import dev.lectern.library.LibraryCollections;
import dev.lectern.library.Passages;
import dev.lectern.shared.CollectionId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Caches search results. The generations of the collections are read before the search and are part of the cache key: a result is cached under its own
 * generation or an older one, and an older one is never looked up again once a change was acknowledged. A result that was searched while a change was in
 * progress is not cached, since passages may be missing. Access is part of the key through the searched collections and the access labels of the caller.
 */
final class CachingRetriever implements Retriever {
    /** To be raised whenever the ranking changes, so that nodes of two releases do not share results. */
    private static final String RANKING_VERSION = "2";

    private final Retriever retriever;
    private final Cache<CachedRanking> cache;
    private final LibraryCollections collections;
    private final Passages passages;
    private final Supplier<String> models;

    /** @param models identifies the models that search; other models find other passages */
    CachingRetriever(
            Retriever retriever,
            Cache<CachedRanking> cache,
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
    public RetrievalResult retrieve(RetrievalRequest request) {
        RetrievalRequestValidator.check(request);
        AtomicReference<RetrievalResult> computed = new AtomicReference<>();
        Optional<CachedRanking> cached = cache.get(key(request), CacheLoadWaitLimit.until(request.deadline()), () -> {
            RetrievalResult found = retriever.retrieve(request);
            computed.set(found);
            return found.consistent() ? Optional.of(CachedRanking.of(found)) : Optional.empty();
        });
        RetrievalResult own = computed.get();
        return own != null
                ? own
                : cached.flatMap(ranking -> ranking.toResult(passages, request.collections()))
                        .orElseGet(() -> retriever.retrieve(request));
    }

    private String key(RetrievalRequest request) {
        CacheKeyBuilder key = CacheKeyBuilder.begin()
                .with(RANKING_VERSION)
                .with(models.get())
                .with(request.question())
                .with(request.earlierQuestions())
                .with(request.mode().name())
                .with(request.limit())
                .with(request.filter().cacheKey())
                .with(request.collections().labels().cacheKey());
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
