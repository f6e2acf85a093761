package dev.lectern.text;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Makes the terms by which texts are compared: folded words, and pairs of neighbouring characters where words are not set apart. */
public final class TermExtractor {
    private static final int STEM = 5;

    private TermExtractor() {}

    /** Whole words, in the order of the text, each once. */
    public static Set<String> words(String text) {
        Set<String> terms = new LinkedHashSet<>();
        for (Span span : WordTokenizer.of(text)) {
            String word = WordFolder.fold(span.in(text));
            if (isDense(word)) {
                addPairs(word, Set.of(), terms);
            } else {
                terms.add(word);
            }
        }
        return terms;
    }

    /**
     * Words without their endings and numbers without grouping, in the order of the text, each once. Words are cut at five letters, which does about what a
     * stemmer does, in every language with an alphabet.
     *
     * @param stopWords in lower case, left out
     */
    public static Set<String> stems(String text, Set<String> stopWords) {
        Set<String> terms = new LinkedHashSet<>();
        for (Span span : WordTokenizer.of(text)) {
            String word = span.in(text).toLowerCase(Locale.ROOT);
            if (isDense(word)) {
                addPairs(word, stopWords, terms);
            } else if (!stopWords.contains(word)) {
                terms.add(stem(word));
            }
        }
        return terms;
    }

    private static boolean isDense(String word) {
        return !word.isEmpty() && WordTokenizer.isDense(word.codePointAt(0));
    }

    private static void addPairs(String run, Set<String> stopWords, Set<String> terms) {
        int[] characters = run.codePoints().toArray();
        if (characters.length == 1) {
            terms.add(run);
        }
        for (int i = 0; i + 1 < characters.length; i++) {
            String pair = new String(characters, i, 2);
            if (!stopWords.contains(pair)) {
                terms.add(pair);
            }
        }
    }

    private static String stem(String word) {
        if (Character.isDigit(word.codePointAt(0))) {
            return word.replace(",", "");
        }
        String folded = WordFolder.fold(word);
        if (folded.length() > STEM) {
            return folded.substring(0, STEM);
        }
        return folded.length() > 3 && folded.endsWith("s") ? folded.substring(0, folded.length() - 1) : folded;
    }
}
