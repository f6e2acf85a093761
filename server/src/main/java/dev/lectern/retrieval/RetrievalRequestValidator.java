package dev.lectern.retrieval;

import dev.lectern.shared.LecternException;

/** Checks the bounds of a request. */
final class RetrievalRequestValidator {
    static final int MAX_QUESTION = 4_000;

    /** The API allows fewer. */
    static final int MAX_PASSAGES = 1_000;

    private RetrievalRequestValidator() {}

    static void check(RetrievalRequest request) {
        int length = request.question().length();
        if (request.question().isBlank()) {
            throw LecternException.invalid(
                    "question", "The question is empty. Write 1 to %,d characters.".formatted(MAX_QUESTION));
        }
        if (length > MAX_QUESTION) {
            throw LecternException.invalid(
                    "question", "The question has %,d characters. Shorten it to %,d.".formatted(length, MAX_QUESTION));
        }
        if (request.limit() < 1 || request.limit() > MAX_PASSAGES) {
            throw LecternException.invalid(
                    "limit", "The limit is out of bounds. Ask for 1 to %,d passages.".formatted(MAX_PASSAGES));
        }
    }
}
