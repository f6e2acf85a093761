package dev.lectern.text;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;

/** Divides what has no sentence end for long, such as code, tables and lists of words, at the best place before a limit. */
public final class LongTextDivider {
    private static final String CLAUSE_ENDS = "\n;，、；،؛";

    /** Not looked back further for a good place. UTF-16 units. */
    private static final int LOOK_BACK = 300;

    private static final BreakIterator WORDS = BreakIterator.getWordInstance(ULocale.ROOT);

    private LongTextDivider() {}

    /**
     * The pieces of a stretch in their order, none longer than the limit and without the white space around them.
     *
     * @param maxLength UTF-16 units, at least 2
     */
    public static List<Span> divide(String text, Span stretch, int maxLength) {
        List<Span> pieces = new ArrayList<>();
        Span rest = Span.trimmed(text, stretch.start(), stretch.end());
        while (rest.length() > maxLength) {
            int at = splitBefore(text, rest.start(), rest.start() + maxLength);
            pieces.add(Span.trimmed(text, rest.start(), at));
            rest = Span.trimmed(text, at, rest.end());
        }
        if (!rest.isEmpty()) {
            pieces.add(rest);
        }
        return pieces;
    }

    /**
     * The best place to split: behind a clause, else at white space, else between the words of a script without spaces (ICU has dictionaries for Thai, Lao,
     * Khmer, Burmese, Chinese and Japanese), else between characters.
     *
     * @param limit greater than {@code start}, within the text
     * @return greater than {@code start}, at most {@code limit}
     */
    public static int splitBefore(String text, int start, int limit) {
        int space = -1;
        for (int at = limit; at > Math.max(start, limit - LOOK_BACK); at--) {
            char before = text.charAt(at - 1);
            if (CLAUSE_ENDS.indexOf(before) >= 0) {
                return at;
            }
            if (space < 0 && Character.isWhitespace(before)) {
                space = at;
            }
        }
        return space > start ? space : betweenWords(text, start, limit);
    }

    private static int betweenWords(String text, int start, int limit) {
        int from = Math.max(start, limit - LOOK_BACK);
        int to = Math.min(text.length(), limit + LOOK_BACK);
        BreakIterator words = (BreakIterator) WORDS.clone();
        words.setText(text.substring(from, to));
        int inside = limit - from;
        int at = words.isBoundary(inside) ? inside : words.preceding(inside);
        if (at > 0 && from + at > start) {
            return from + at;
        }
        boolean insideCharacter = limit < text.length() && Character.isLowSurrogate(text.charAt(limit));
        return insideCharacter && limit - 1 > start ? limit - 1 : limit;
    }
}
