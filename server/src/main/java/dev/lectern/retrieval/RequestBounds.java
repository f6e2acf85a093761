package dev.lectern.retrieval;

import dev.lectern.shared.LecternException;

/** What a request may be. */
final class RequestBounds {
    static final int MAX_QUESTION = 4_000;

    /** Passages that one request may ask for; the API gives fewer. */
    static final int MAX = 1_000;

    private RequestBounds() {}

    static void check(RetrievalRequest request) {
        int length = request.question().length();
        if (request.question().isBlank()) {
            throw LecternException.invalid("question", "Ask something: 1 to %,d characters.".formatted(MAX_QUESTION));
        }
        if (length > MAX_QUESTION) {
            throw LecternException.invalid(
                    "question", "The question has %,d characters. Shorten it to %,d.".formatted(length, MAX_QUESTION));
        }
        if (request.limit() < 1 || request.limit() > MAX) {
            throw LecternException.invalid("limit", "Ask for 1 to %,d passages.".formatted(MAX));
        }
    }
}
