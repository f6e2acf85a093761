package dev.lectern.answering.support;

/**
 * A sentence of an answer that should be read with care.
 *
 * @param start in the answer's text, UTF-16 units
 * @param end exclusive
 */
public record UnsupportedSentence(int start, int end, Reason reason) {
    public enum Reason {
        /** No marker says where it comes from. */
        NO_CITATION,
        /** It says a number that its cited passages do not say. */
        NUMBER,
        /** It says a name that its cited passages do not say. */
        NAME
    }
}
