package dev.lectern.answering.turn;

import dev.lectern.answering.Exchange;
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
final class AnswerKeys {
    private final LibraryCollections collections;
    private final Supplier<String> recipe;

    /** @param recipe what stands for models, prompt and limits */
    AnswerKeys(LibraryCollections collections, Supplier<String> recipe) {
        this.collections = collections;
        this.recipe = recipe;
    }

    String of(Question question) {
        CacheKey key = CacheKey.begin().with(recipe.get()).with(question.text()).with(conversation(question.history()));
        Map<CollectionId, Long> generations = question.generations();
        (generations == null ? collections.generations(question.collections()) : generations)
                .entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(CollectionId::value)))
                        .forEach(entry -> key.with(entry.getKey().value()).with(entry.getValue()));
        return key.end();
    }

    private static String conversation(List<Exchange> history) {
        CacheKey key = CacheKey.begin();
        history.forEach(past -> key.with(past.question()).with(past.answer()));
        return key.end();
    }
}
