package dev.lectern.text;

import java.lang.Character.UnicodeScript;

/**
 * Estimates the tokens of a text for models whose tokenizer is not at hand: a Latin letter, digit, sign or space counts a quarter of a token, one of another
 * alphabet (Cyrillic, Greek, Arabic, Hebrew, the Indic scripts) a third, and a character of a script that is written densely (Thai, Chinese, Japanese, Korean)
 * one. A few per cent too high for English and German prose, and too high rather than too low for the tokenizers of today in other languages; code and tables
 * can have more tokens. Prompts are packed and usage is metered by the same estimate.
 */
public final class TokenEstimator {
    private static final int FIRST_OTHER_ALPHABET = 0x0370;

    /** Radicals, ideographs, their punctuation, surrogates and wide forms. */
    private static final int FIRST_EAST_ASIAN = 0x2E80;

    /** Of a token: the parts that everything is counted in. */
    private static final int PARTS = 12;

    private static final int LATIN = 3;
    private static final int OTHER_ALPHABET = 4;

    private TokenEstimator() {}

    /** Rounded up; 0 for no text. */
    public static int of(CharSequence text) {
        long parts = 0;
        for (int i = 0; i < text.length(); i++) {
            parts += parts(text.charAt(i));
        }
        return (int) ((parts + PARTS - 1) / PARTS);
    }

    private static int parts(char c) {
        if (c < FIRST_OTHER_ALPHABET) {
            return LATIN;
        }
        if (WordTokenizer.isDense(c) || c >= FIRST_EAST_ASIAN) {
            return PARTS;
        }
        boolean otherAlphabet = Character.isLetter(c) && UnicodeScript.of(c) != UnicodeScript.LATIN;
        return otherAlphabet || isMark(c) ? OTHER_ALPHABET : LATIN;
    }

    private static boolean isMark(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
