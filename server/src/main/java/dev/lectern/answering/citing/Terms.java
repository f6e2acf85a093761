package dev.lectern.answering.citing;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text for comparing it with another: folded, and pairs of characters where words are not set apart by spaces. */
final class Terms {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern MARKER = Pattern.compile("\\[\\d{1,4}]");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Terms() {}

    static Set<String> of(String text) {
        String folded = Normalizer.normalize(MARKER.matcher(text).replaceAll(" "), Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT);
        Set<String> terms = new HashSet<>();
        Matcher words = WORD.matcher(MARKS.matcher(folded).replaceAll(""));
        while (words.find()) {
            String word = words.group();
            if (word.codePoints().anyMatch(Character::isIdeographic)) {
                pairs(word, terms);
            } else {
                terms.add(word);
            }
        }
        return terms;
    }

    private static void pairs(String word, Set<String> terms) {
        for (int i = 0; i + 1 < word.length(); i++) {
            terms.add(word.substring(i, i + 2));
        }
        if (word.length() == 1) {
            terms.add(word);
        }
    }
}
