package dev.lectern.answering.citing;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text into sentences; a line that ends is the end of one, too. */
final class Sentences {
    private Sentences() {}

    /** Spans of the sentences without the spaces around them, in order. */
    static List<Span> of(String text) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        List<Span> found = new ArrayList<>();
        int start = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE; start = end, end = sentences.next()) {
            lines(text, start, end, found);
        }
        return found;
    }

    private static void lines(String text, int start, int end, List<Span> found) {
        int from = start;
        while (from < end) {
            int stop = paragraphEnd(text, from, end);
            stripped(text, from, stop, found);
            from = stop + 1;
        }
    }

    /** A single line break is a wrapped line; two, or one before a list item, end a paragraph. */
    private static int paragraphEnd(String text, int from, int end) {
        for (int i = text.indexOf('\n', from); i >= 0 && i + 1 < end; i = text.indexOf('\n', i + 1)) {
            if ("\n-*•#|".indexOf(text.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return end;
    }

    private static void stripped(String text, int start, int end, List<Span> found) {
        int from = start;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        if (to > from) {
            found.add(new Span(from, to));
        }
    }
}
