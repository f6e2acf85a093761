package dev.lectern.retrieval.ranking;

import dev.lectern.text.Span;
import dev.lectern.text.WordTokenizer;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The share of a question's words that a passage has. It needs no list of stop words: in scripts with letters long words carry the sense, and in Chinese,
 * Japanese, Korean and Thai every pair of characters counts alike. Endings are cut rather than stemmed, so that it works in any language.
 */
final class QuestionCoverage {
    /** Words up to this length say nothing, longer ones say more, up to {@link #LONG}. */
    private static final int SHORT = 3;

    private static final int LONG = 9;
    private static final int STEM = 4;
    private static final int ENDING = 3;
    private static final double NUMBER = 3;

    private QuestionCoverage() {}

    /** @return 0 to 1; 0 for a question without a word that counts */
    static double of(String question, String passage) {
        Map<String, Double> wanted = weights(question);
        double all = wanted.values().stream().mapToDouble(Double::doubleValue).sum();
        if (all == 0) {
            return 0;
        }
        NavigableSet<String> present = new TreeSet<>(weights(passage).keySet());
        double found = 0;
        for (Map.Entry<String, Double> word : wanted.entrySet()) {
            found += isIn(present, word.getKey()) ? word.getValue() : 0;
        }
        return found / all;
    }

    private static boolean isIn(NavigableSet<String> words, String word) {
        if (Character.isDigit(word.codePointAt(0))) {
            return words.contains(word);
        }
        String stem = stem(word);
        String next = words.ceiling(stem);
        return next != null && next.startsWith(stem);
    }

    private static Map<String, Double> weights(String text) {
        Map<String, Double> weights = new TreeMap<>();
        String lower = text.toLowerCase(Locale.ROOT);
        for (Span span : WordTokenizer.of(lower)) {
            String word = span.in(lower);
            if (WordTokenizer.isDense(word.codePointAt(0))) {
                for (int i = 0; i + 2 <= word.length(); i++) {
                    weights.put(word.substring(i, i + 2), 1.0);
                }
            } else if (Character.isDigit(word.codePointAt(0))) {
                weights.put(word, NUMBER);
            } else if (word.length() > SHORT) {
                weights.put(word, (double) Math.min(word.length(), LONG) - SHORT);
            }
        }
        return weights;
    }

    /** At least four letters: "organised" finds "organisation", "wars" does not find "warm". */
    private static String stem(String word) {
        return word.substring(0, Math.max(Math.min(STEM, word.length()), word.length() - ENDING));
    }
}
