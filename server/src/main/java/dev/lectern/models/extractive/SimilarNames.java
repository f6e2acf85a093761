package dev.lectern.models.extractive;

import dev.lectern.text.Mention;
import dev.lectern.text.MentionExtractor;
import dev.lectern.text.TermExtractor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names of a question that some sentence has, to tell them from names that only begin alike: "Alexandra Petrova" is not "Alexander Petrov". A name that no
 * sentence has may be misspelt and tells nothing. Immutable.
 */
final class SimilarNames {
    private static final Set<String> ENDINGS = Set.of("", "s", "es", "'s", "’s");

    private final List<String> names;

    SimilarNames(String question, String language, List<SentenceCandidate> candidates) {
        List<String> named = MentionExtractor.of(question, language).stream()
                .filter(mention -> mention.kind() == Mention.Kind.NAME)
                .flatMap(mention -> mention.values().stream())
                .toList();
        if (named.isEmpty()) {
            names = List.of();
            return;
        }
        Set<String> words = candidates.stream()
                .flatMap(candidate -> TermExtractor.words(candidate.text()).stream())
                .collect(Collectors.toSet());
        names = named.stream()
                .filter(name -> words.stream().anyMatch(word -> isSame(name, word)))
                .toList();
    }

    /** Whether a sentence has one of the names only in another form. */
    boolean hasOther(SentenceCandidate candidate) {
        if (names.isEmpty()) {
            return false;
        }
        Set<String> words = TermExtractor.words(candidate.text());
        return names.stream().anyMatch(name -> hasOnlySimilar(name, words));
    }

    private static boolean hasOnlySimilar(String name, Set<String> words) {
        Set<String> stem = TermExtractor.stems(name, Set.of());
        return words.stream().noneMatch(word -> isSame(name, word))
                && words.stream().anyMatch(word -> TermExtractor.stems(word, Set.of()).equals(stem));
    }

    private static boolean isSame(String name, String word) {
        return (word.startsWith(name) && ENDINGS.contains(word.substring(name.length())))
                || (name.startsWith(word) && ENDINGS.contains(name.substring(word.length())));
    }
}
