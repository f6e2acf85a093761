package dev.lectern.answering;

import java.util.Locale;

/** Why there is no answer; its {@link #code()} is stable for clients. */
public enum AbstentionReason {
    /** Nothing in the collections shares a word or a meaning with the question. */
    NOTHING_FOUND,
    /** Something was found, but nothing near enough. */
    TOO_WEAK,
    /** What was found is about the subject and does not answer. */
    NOT_ANSWERED,
    MODEL_UNAVAILABLE,
    BUDGET_USED_UP;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
