package dev.lectern.usage;

import dev.lectern.shared.Money;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model, as the ledger records it.
 *
 * @param at when the call began
 * @param model its configured name, such as {@code gemini:gemini-2.5-flash}
 * @param inputTokens as the model counted them, zero or more; 0 when the model did not report it
 * @param outputTokens as the model counted them, zero or more; 0 when the model did not report it
 * @param took the duration of the call
 * @param cost null when the price of the model is unknown
 * @param caller the id of the caller; null for background work, such as ingestion
 */
public record UsageEntry(
        Instant at,
        String model,
        Purpose purpose,
        long inputTokens,
        long outputTokens,
        Outcome outcome,
        Duration took,
        @Nullable Money cost,
        @Nullable String caller) {

    /** The purpose of the call. */
    public enum Purpose {
        ANSWER,
        REWRITE,
        TITLE,
        EMBED_QUESTION,
        EMBED_PASSAGE,
        EVALUATION
    }

    /** How the call ended. */
    public enum Outcome {
        DONE,
        CANCELLED,
        FAILED
    }
}
