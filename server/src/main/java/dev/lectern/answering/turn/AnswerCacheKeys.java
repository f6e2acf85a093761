package dev.lectern.answering.turn;

import dev.lectern.answering.PastExchange;
import dev.lectern.caching.CacheKeyBuilder;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.CollectionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Computes the cache keys of answers from everything that an answer depends on. Access is part of the key through the searched collections, which the
 * reader may read, and the access labels of the reader. Their generations are read before the search: after a change was acknowledged, no key from before the change is computed again.
 */
final class AnswerCacheKeys {
    private final LibraryCollections collections;
    private final Supplier<String> configuration;

    /** @param configuration identifies models, prompt version and limits */
    AnswerCacheKeys(LibraryCollections collections, Supplier<String> configuration) {
        this.collections = collections;
        this.configuration = configuration;
    }

    String of(TurnRequest request) {
        CacheKeyBuilder key = CacheKeyBuilder.begin()
                .with(configuration.get())
                .with(request.text())
                .with(historyKey(request.history()))
                .with(request.filter().cacheKey())
                .with(request.collections().labels().cacheKey());
        Map<CollectionId, Long> generations = request.generations();
        (generations == null ? collections.generations(request.collections()) : generations)
                .entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(CollectionId::value)))
                        .forEach(entry -> key.with(entry.getKey().value()).with(entry.getValue()));
        return key.end();
    }

    private static String historyKey(List<PastExchange> history) {
        CacheKeyBuilder key = CacheKeyBuilder.begin();
        history.forEach(past -> key.with(past.question()).with(past.answer()));
        return key.end();
    }
}
