package dev.lectern.ingestion.passages;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds where sentences end, by Unicode's rules (which know CJK punctuation) and a list of common abbreviations. */
final class Sentences {
    /** What has no end for this long is split at the best place before, UTF-16 units. */
    static final int MAX_LENGTH = 1_200;

    /** Not looked back further for a good place to split. */
    private static final int LOOK_BACK = 300;

    private static final Set<String> ABBREVIATIONS = Set.of(
            ("e.g i.e cf etc vs al approx fig figs eq sec ch vol nos pp p art dr mr mrs ms prof st jr sr inc ltd co corp dept est u.s u.k z.b d.h bzw ca usw nr abb vgl bspw evtl ggf u.a sra dra ej pág núm ee.uu mme mlle env jan feb mar apr jun jul "
                            + "aug sep sept oct nov dec ed eds rev ref refs resp")
                    .split(" "));

    private Sentences() {}

    /** A stretch of the text without white space at its ends. */
    record Span(int start, int end) {}

    /** The sentences between two offsets, in order; together they cover all that is not white space. */
    static List<Span> of(String text, int start, int end) {
        String part = text.substring(start, end);
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(part);
        List<Span> sentences = new ArrayList<>();
        int from = 0;
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            if (to < part.length() && endsWithAbbreviation(part, from, to)) {
                continue;
            }
            addSplit(text, start + from, start + to, sentences);
            from = to;
        }
        return sentences;
    }

    /** A span without the white space at its ends; empty when there is nothing else. */
    static Span trimmed(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return new Span(from, to);
    }

    /** The best place to split before {@code limit}: after a clause, else at white space, else between characters. */
    static int splitBefore(String text, int start, int limit) {
        int space = -1;
        for (int at = limit; at > Math.max(start, limit - LOOK_BACK); at--) {
            char before = text.charAt(at - 1);
            if ("\n;，、；".indexOf(before) >= 0) {
                return at;
            }
            if (space < 0 && Character.isWhitespace(before)) {
                space = at;
            }
        }
        if (space > start) {
            return space;
        }
        return Character.isLowSurrogate(text.charAt(limit)) && limit - 1 > start ? limit - 1 : limit;
    }

    private static void addSplit(String text, int start, int end, List<Span> sentences) {
        Span rest = trimmed(text, start, end);
        while (rest.end - rest.start > MAX_LENGTH) {
            int at = splitBefore(text, rest.start, rest.start + MAX_LENGTH);
            sentences.add(trimmed(text, rest.start, at));
            rest = trimmed(text, at, rest.end);
        }
        if (rest.end > rest.start) {
            sentences.add(rest);
        }
    }

    private static boolean endsWithAbbreviation(String part, int from, int to) {
        Span sentence = trimmed(part, from, to);
        if (sentence.end == sentence.start || part.charAt(sentence.end - 1) != '.') {
            return false;
        }
        int end = sentence.end - 1;
        int begin = end;
        while (begin > sentence.start && isWordOrDot(part.charAt(begin - 1))) {
            begin--;
        }
        String word = part.substring(begin, end);
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
        return initial || ABBREVIATIONS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static boolean isWordOrDot(char character) {
        return Character.isLetter(character) || character == '.';
    }
}
