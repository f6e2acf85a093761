package dev.lectern.answering.turn;

import dev.lectern.answering.PastExchange;
import dev.lectern.caching.CacheKey;
import dev.lectern.library.LibraryCollections;
import dev.lectern.shared.CollectionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The keys of answers: all that an answer depends on. Access is in it as the collections that are searched, which are some that the reader may read.
 * Their generations are read now, before anything is searched: after a change was acknowledged, no key of before it is made again.
 */
final class AnswerCacheKeys {
    private final LibraryCollections collections;
    private final Supplier<String> recipe;

    /** @param recipe what stands for models, prompt and limits */
    AnswerCacheKeys(LibraryCollections collections, Supplier<String> recipe) {
        this.collections = collections;
        this.recipe = recipe;
    }

    String of(TurnRequest turnRequest) {
        CacheKey key = CacheKey.begin().with(recipe.get()).with(turnRequest.text()).with(conversation(turnRequest.history()));
        Map<CollectionId, Long> generations = turnRequest.generations();
        (generations == null ? collections.generations(turnRequest.collections()) : generations)
                .entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(CollectionId::value)))
                        .forEach(entry -> key.with(entry.getKey().value()).with(entry.getValue()));
        return key.end();
    }

    private static String conversation(List<PastExchange> history) {
        CacheKey key = CacheKey.begin();
        history.forEach(past -> key.with(past.question()).with(past.answer()));
        return key.end();
    }
}
