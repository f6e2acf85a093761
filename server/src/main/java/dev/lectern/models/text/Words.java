package dev.lectern.models.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Where words and numbers begin and end. A number keeps the points, commas and colons within it; a word its apostrophes. */
public final class Words {
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private Words() {}

    /** The words in their order; a run of a script without spaces between words is one. */
    public static List<Span> of(String text) {
        List<Span> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = endOf(text, at);
            if (end > at) {
                words.add(new Span(at, end));
                at = end;
            } else {
                at += Character.charCount(text.codePointAt(at));
            }
        }
        return words;
    }

    /** Whether a character's script is written without spaces between words. */
    public static boolean isUnspaced(int codePoint) {
        return codePoint > 0xDFF && (codePoint == 'ー' || UNSPACED.contains(UnicodeScript.of(codePoint)));
    }

    private static int endOf(String text, int start) {
        int first = text.codePointAt(start);
        if (Character.isDigit(first)) {
            return endOfNumber(text, start);
        }
        if (!isLetter(first)) {
            return start;
        }
        return isUnspaced(first) ? endOfRun(text, start, true) : endOfWord(text, start);
    }

    private static int endOfNumber(String text, int start) {
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean inner = (c == '.' || c == ',' || c == ':') && isDigitAt(text, at + 1);
            if (!Character.isDigit(c) && !inner) {
                break;
            }
            at++;
        }
        return at;
    }

    private static int endOfWord(String text, int start) {
        int at = endOfRun(text, start, false);
        while (at + 1 < text.length()
                && (text.charAt(at) == '\'' || text.charAt(at) == '’')
                && Character.isLetter(text.charAt(at + 1))) {
            at = endOfRun(text, at + 1, false);
        }
        return at;
    }

    private static int endOfRun(String text, int start, boolean unspaced) {
        int at = start;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            boolean mark = Character.getType(c) == Character.NON_SPACING_MARK
                    || Character.getType(c) == Character.COMBINING_SPACING_MARK;
            if (!mark && (!isLetter(c) || isUnspaced(c) != unspaced)) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Among them the ideographic zero, which counts as a number to Unicode. */
    private static boolean isLetter(int codePoint) {
        return Character.isLetter(codePoint) || codePoint == '〇';
    }

    private static boolean isDigitAt(String text, int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }
}
