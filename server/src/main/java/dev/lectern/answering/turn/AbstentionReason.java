package dev.lectern.answering.turn;

import java.util.Locale;

/** Why there is no answer. The {@link #code()} is part of the API. */
enum AbstentionReason {
    /** The search found no passage. */
    NOTHING_FOUND,
    /** The search found passages, but none with a sufficient score. */
    TOO_WEAK,
    /** The passages are about the subject, but do not answer the question. */
    NOT_ANSWERED,
    MODEL_UNAVAILABLE,
    BUDGET_USED_UP;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
