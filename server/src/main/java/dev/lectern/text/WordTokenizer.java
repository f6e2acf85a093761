package dev.lectern.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds words and numbers. A number keeps the points, commas and colons within it; a word its apostrophes and marks. Letters and digits are apart: "5kg" is two.
 * By hand rather than by a regular expression, as every passage of every question is looked through: it takes a fifth of the time.
 */
public final class WordTokenizer {
    /** Thai is the first of the dense scripts; letters before it need no look at their script. */
    private static final int FIRST_DENSE = 0x0E00;

    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private WordTokenizer() {}

    /** The words in their order; a run of a dense script is one. */
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

    /**
     * The same with the parts of compounds together: what only a hyphen, an underscore or nothing at all is between, such as {@code user_id} and {@code
     * COVID-19}.
     */
    public static List<Span> compounds(String text) {
        List<Span> compounds = new ArrayList<>();
        for (Span word : of(text)) {
            Span last = compounds.isEmpty() ? null : compounds.getLast();
            if (last != null && joins(text, last.end(), word.start())) {
                compounds.removeLast();
                compounds.add(new Span(last.start(), word.end()));
            } else {
                compounds.add(word);
            }
        }
        return compounds;
    }

    /**
     * Whether a character's script is compared by pairs of characters rather than by words: those without spaces between words, and Korean, whose endings are
     * written together with its words.
     */
    public static boolean isDense(int codePoint) {
        return codePoint >= FIRST_DENSE
                && (isUnspaced(codePoint) || UnicodeScript.of(codePoint) == UnicodeScript.HANGUL);
    }

    /** Whether a character's script is written without spaces between words. */
    public static boolean isUnspaced(int codePoint) {
        return codePoint >= FIRST_DENSE && (codePoint == 'ー' || UNSPACED.contains(UnicodeScript.of(codePoint)));
    }

    private static boolean joins(String text, int end, int start) {
        return end == start || (start - end == 1 && "-_'’".indexOf(text.charAt(end)) >= 0);
    }

    private static int endOf(String text, int start) {
        int first = text.codePointAt(start);
        if (Character.isDigit(first)) {
            return endOfNumber(text, start);
        }
        if (!isLetter(first)) {
            return start;
        }
        return isDense(first) ? endOfRun(text, start, true) : endOfWord(text, start);
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

    private static int endOfRun(String text, int start, boolean dense) {
        int at = start;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!isMark(c) && (!isLetter(c) || isDense(c) != dense)) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Among them the ideographic zero, which counts as a number to Unicode. */
    private static boolean isLetter(int codePoint) {
        return Character.isLetter(codePoint) || codePoint == '〇';
    }

    private static boolean isDigitAt(String text, int at) {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }
}
