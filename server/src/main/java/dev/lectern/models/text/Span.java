package dev.lectern.models.text;

/**
 * A stretch of a text.
 *
 * @param start UTF-16 units
 * @param end exclusive
 */
public record Span(int start, int end) {
    public String in(String text) {
        return text.substring(start, end);
    }

    public int length() {
        return end - start;
    }
}
