package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.Truncation;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of writing an answer. */
public sealed interface WriteResult {

    /** The model that wrote or was called. */
    String model();

    /**
     * A passage that the text cites, with the span that supports the citing sentences.
     *
     * @param span in the text of the passage
     */
    record CitedPassage(int number, NumberedPassage passage, Span span) {}

    /**
     * A text.
     *
     * @param text the sum of all pieces that were passed on
     * @param cited one for each marker number in the text, in the order of first appearance
     * @param fallback set when another model than the configured one wrote it
     * @param truncated why it is cut off; null when it is whole
     */
    record Text(
            String text,
            List<CitedPassage> cited,
            String model,
            TokenUsage usage,
            @Nullable ModelFallback fallback,
            @Nullable Truncation truncated)
            implements WriteResult {
        public Text {
            cited = List.copyOf(cited);
        }

        /** Whether the configured model wrote it to the end. */
        public boolean isAsConfigured() {
            return fallback == null && truncated == null;
        }
    }

    /**
     * The passages do not answer the question; no text was passed on.
     *
     * @param fallback set when another model than the configured one says so
     */
    record NotAnswered(
            String model, TokenUsage usage, @Nullable ModelFallback fallback) implements WriteResult {}

    /**
     * Writing was cancelled or failed.
     *
     * @param text the text that was passed on until then, may be empty
     * @param failure null when it was cancelled
     * @param fallbackReason the code for {@link ModelFallback#reason} if another writer steps in; null when it was cancelled
     */
    record Incomplete(
            String text,
            List<CitedPassage> cited,
            String model,
            TokenUsage usage,
            @Nullable LecternException failure,
            @Nullable String fallbackReason)
            implements WriteResult {
        public Incomplete {
            cited = List.copyOf(cited);
        }

        /** Null when it was cancelled. */
        public @Nullable ErrorCode code() {
            return failure == null ? null : failure.code();
        }
    }
}
