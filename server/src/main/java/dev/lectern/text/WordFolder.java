package dev.lectern.text;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes spellings of one word equal: without case, accents, points of vowels that Arabic and Hebrew leave out, widths and a possessive ending. The vowels of
 * Indic scripts and the sound marks of Japanese, which tell words apart, stay.
 */
final class WordFolder {
    private static final Pattern ACCENTS =
            Pattern.compile("[\\u0300-\\u036F\\u0591-\\u05C7\\u0610-\\u061A\\u064B-\\u065F\\u0670\\u06D6-\\u06ED]+");
    private static final Pattern POSSESSIVE = Pattern.compile("['’]s?$");

    private WordFolder() {}

    static String fold(String word) {
        String folded = isLowerAscii(word) ? word : withoutAccents(word).toLowerCase(Locale.ROOT);
        return POSSESSIVE.matcher(folded).replaceFirst("");
    }

    private static String withoutAccents(String word) {
        String bare = ACCENTS.matcher(Normalizer.normalize(word, Form.NFKD)).replaceAll("");
        return Normalizer.normalize(bare, Form.NFC);
    }

    private static boolean isLowerAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) < ' ' || word.charAt(i) > '~' || Character.isUpperCase(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
