package dev.lectern.answering.citing;

/**
 * A piece of a text.
 *
 * @param start UTF-16 units
 * @param end exclusive, more than start
 */
public record Span(int start, int end) {

    /** The smallest span that holds both. */
    Span with(Span other) {
        return new Span(Math.min(start, other.start), Math.max(end, other.end));
    }
}
