package dev.lectern.conversations;

import org.jspecify.annotations.Nullable;

/**
 * How an answer ended, as the columns of its message store it.
 *
 * @param status {@code answered}, {@code abstained} or {@code failed}
 * @param reason of an abstention or a failure its code; null when answered
 * @param model that wrote the answer or was called; null when none was, or when it is not known
 */
public record AnswerOutcome(
        String status, @Nullable String reason, @Nullable String model) {
    /** An answer whose server stopped while it was written. */
    public static final AnswerOutcome INTERRUPTED = new AnswerOutcome("failed", "interrupted", null);
}
