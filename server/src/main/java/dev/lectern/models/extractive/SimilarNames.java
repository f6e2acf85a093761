package dev.lectern.models.extractive;

import dev.lectern.text.Mention;
import dev.lectern.text.MentionExtractor;
import dev.lectern.text.TermExtractor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The full names of a question that some sentence has, to tell them from names that only begin alike: "Alexandra Petrova" is not "Alexander Petrov". A name
 * that no sentence has may be misspelt and tells nothing; nor does a single word, whose forms may be endings ("Victoria", "Victorian"). Immutable.
 */
final class SimilarNames {
    private static final Set<String> ENDINGS = Set.of("", "s", "es", "'s", "’s");

    private final List<List<String>> names;

    SimilarNames(String question, String language, List<SentenceCandidate> candidates) {
        names = fullNames(question, language).stream()
                .filter(name -> candidates.stream()
                        .map(candidate -> TermExtractor.words(candidate.text()))
                        .anyMatch(words -> name.stream().allMatch(part -> has(part, words))))
                .toList();
    }

    private static List<List<String>> fullNames(String question, String language) {
        List<List<String>> runs = new ArrayList<>();
        int end = -1;
        for (Mention mention : MentionExtractor.of(question, language)) {
            if (mention.kind() != Mention.Kind.NAME) {
                continue;
            }
            boolean follows =
                    end >= 0 && question.substring(end, mention.span().start()).equals(" ");
            if (!follows) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().addAll(mention.values());
            end = mention.span().end();
        }
        return runs.stream().filter(run -> run.size() > 1).toList();
    }

    /** Whether a sentence has one of the names with a part in another form. */
    boolean hasOther(SentenceCandidate candidate) {
        if (names.isEmpty()) {
            return false;
        }
        Set<String> words = TermExtractor.words(candidate.text());
        return names.stream()
                .anyMatch(name -> name.stream().anyMatch(part -> !has(part, words))
                        && name.stream().allMatch(part -> has(part, words) || hasSimilar(part, words)));
    }

    private static boolean has(String part, Set<String> words) {
        return words.stream().anyMatch(word -> isSame(part, word));
    }

    private static boolean hasSimilar(String part, Set<String> words) {
        Set<String> stem = TermExtractor.stems(part, Set.of());
        return words.stream()
                .anyMatch(word -> TermExtractor.stems(word, Set.of()).equals(stem));
    }

    private static boolean isSame(String name, String word) {
        return (word.startsWith(name) && ENDINGS.contains(word.substring(name.length())))
                || (name.startsWith(word) && ENDINGS.contains(name.substring(word.length())));
    }
}
