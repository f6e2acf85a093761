package dev.lectern.text;

/**
 * A stretch of a text.
 *
 * @param start UTF-16 units
 * @param end exclusive
 */
public record Span(int start, int end) {

    /** The stretch without white space at its ends; empty when there is nothing else. */
    public static Span trimmed(String text, int start, int end) {
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

    public String in(String text) {
        return text.substring(start, end);
    }

    public int length() {
        return end - start;
    }

    public boolean isEmpty() {
        return start == end;
    }
}
