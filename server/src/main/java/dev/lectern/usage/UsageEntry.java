package dev.lectern.usage;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model.
 *
 * @param at when it began
 * @param model its configured name, such as {@code gemini:gemini-2.5-flash}
 * @param inputTokens as the model counted them, zero or more; 0 when it did not say
 * @param outputTokens as the model counted them, zero or more; 0 when it did not say
 * @param took from the call to its end
 * @param costMicros millionths of a US dollar; null while there is no price
 * @param caller the id of who it was for; null for the program's own work, such as ingestion
 */
public record UsageEntry(
        Instant at,
        String model,
        Purpose purpose,
        long inputTokens,
        long outputTokens,
        Outcome outcome,
        Duration took,
        @Nullable Long costMicros,
        @Nullable String caller) {

    /** What the model was asked for. */
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
