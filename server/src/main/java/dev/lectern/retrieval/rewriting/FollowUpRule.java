package dev.lectern.retrieval.rewriting;

import dev.lectern.retrieval.rewriting.Searched.Query;
import dev.lectern.text.WordTokenizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follow-up questions without a model: the content words of the question before are added, and both wordings are searched. How much the longer one
 * counts depends on whether the question points back ("its", "and why?"). Replacing the question instead found more in conversations that stay with
 * their subject, and lost four to fifteen points where the subject had changed.
 */
public final class FollowUpRule {
    static final double POINTS_BACK = 0.5;
    static final double STANDS_ALONE = 0.2;

    /** Characters that the searched text may have, so that a long turn before does not drown the question. UTF-16 units. */
    private static final int MAX_ADDED = 400;

    private static final int FEW_WORDS = 2;
    private static final int SHORT = 3;

    private FollowUpRule() {}

    /** @param earlier questions, oldest first */
    public static Searched of(String question, List<String> earlier) {
        String context = earlier.isEmpty() ? "" : contentWords(earlier.getLast());
        if (context.isEmpty()) {
            return Searched.asIs(question);
        }
        String inContext = question + " " + context;
        boolean pointsBack = pointsBack(question);
        double weight = pointsBack ? POINTS_BACK : STANDS_ALONE;
        return new Searched(
                pointsBack ? inContext : question,
                List.of(new Query(question, 1 - weight), new Query(inContext, weight)));
    }

    static boolean pointsBack(String question) {
        List<String> words = words(question);
        Set<String> lower =
                words.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return (isFragment(words) && question.codePoints().noneMatch(WordTokenizer::isUnspaced))
                || lower.stream().anyMatch(FollowUpWords::refersBack)
                || FollowUpWords.opensFollowUp(
                        words.isEmpty() ? "" : words.getFirst().toLowerCase(Locale.ROOT));
    }

    /** "The price?", "What about Berlin?": says too little to stand alone. "When is the cafeteria open?" is short, too, but a whole question. */
    private static boolean isFragment(List<String> words) {
        long content = words.stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !FollowUpWords.hasNoContent(word))
                .distinct()
                .count();
        return !words.isEmpty() && (content <= 1 || (content <= FEW_WORDS && words.size() <= SHORT));
    }

    private static String contentWords(String question) {
        String words = words(question).stream()
                .filter(word -> !FollowUpWords.hasNoContent(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(" "));
        return words.substring(0, Math.min(MAX_ADDED, words.length()));
    }

    private static List<String> words(String text) {
        return WordTokenizer.compounds(text).stream().map(span -> span.in(text)).toList();
    }
}
