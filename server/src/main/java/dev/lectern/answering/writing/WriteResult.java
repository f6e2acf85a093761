package dev.lectern.answering.writing;

import dev.lectern.answering.TokenUsage;
import dev.lectern.answering.prompt.NumberedPassage;
import dev.lectern.shared.ErrorCode;
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
     * A complete text.
     *
     * @param text the sum of all pieces that were passed on
     * @param cited one for each marker number in the text, in the order of first appearance
     * @param asConfigured whether the configured model wrote it to the end; false when the text was cut or a fallback wrote it
     */
    record Text(String text, List<CitedPassage> cited, String model, TokenUsage usage, boolean asConfigured)
            implements WriteResult {
        public Text {
            cited = List.copyOf(cited);
        }
    }

    /** The passages do not answer the question; no text was passed on. */
    record NotAnswered(String model, TokenUsage usage) implements WriteResult {}

    /**
     * Writing was cancelled or failed.
     *
     * @param text the text that was passed on until then, may be empty
     * @param code null when it was cancelled
     * @param detail for people; null when it was cancelled
     */
    record Incomplete(
            String text,
            List<CitedPassage> cited,
            String model,
            TokenUsage usage,
            @Nullable ErrorCode code,
            @Nullable String detail)
            implements WriteResult {
        public Incomplete {
            cited = List.copyOf(cited);
        }
    }
}
