package dev.lectern.models.extractive;

import dev.lectern.models.text.Span;
import dev.lectern.models.text.Words;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What of a text is compared: its words without case, accents and endings, its numbers without grouping, and the pairs of neighbours in scripts without spaces.
 * Words are cut at five letters, which does about what a stemmer does, in every language with an alphabet.
 */
final class Terms {
    private static final int STEM = 5;

    private Terms() {}

    /** In the order of the text, each once. */
    static Set<String> of(String text, Set<String> functionWords) {
        Set<String> terms = new LinkedHashSet<>();
        for (Span span : Words.of(text)) {
            String word = span.in(text).toLowerCase(Locale.ROOT);
            if (Words.isUnspaced(word.codePointAt(0))) {
                addPairs(word, functionWords, terms);
            } else if (!functionWords.contains(word)) {
                terms.add(stem(word));
            }
        }
        return terms;
    }

    private static void addPairs(String run, Set<String> functionWords, Set<String> terms) {
        int[] characters = run.codePoints().toArray();
        if (characters.length == 1) {
            terms.add(run);
        }
        for (int i = 0; i + 1 < characters.length; i++) {
            String pair = new String(characters, i, 2);
            if (!functionWords.contains(pair)) {
                terms.add(pair);
            }
        }
    }

    private static String stem(String word) {
        if (Character.isDigit(word.codePointAt(0))) {
            return word.replace(",", "");
        }
        String plain = Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        plain = plain.replaceAll("['’]s$", "");
        if (plain.length() > STEM) {
            return plain.substring(0, STEM);
        }
        return plain.length() > 3 && plain.endsWith("s") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
