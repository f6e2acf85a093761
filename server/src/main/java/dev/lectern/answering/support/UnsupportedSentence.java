package dev.lectern.answering.support;

/**
 * A sentence of an answer that its citations do not support.
 *
 * @param start in the answer's text, UTF-16 units
 * @param end exclusive
 */
public record UnsupportedSentence(int start, int end, Reason reason) {
    public enum Reason {
        /** It has no citation. */
        NO_CITATION,
        /** It contains a number that the cited passages do not contain. */
        NUMBER,
        /** It contains a name that the cited passages do not contain. */
        NAME
    }
}
