package dev.lectern.answering;

import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.models.ModelFallback;
import dev.lectern.shared.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with citations, an abstention, or a failure, as it was generated.
 *
 * @param reason of an abstention the code of an {@code AbstentionReason}; of a failure {@code stopped} (by the reader), {@code interrupted} (its reader or its
 *     server went away), {@code model_unavailable} or another error code; null when answered
 * @param text Markdown with citation markers {@code [n]}; of a failure the text that was written until then
 * @param citations one for each marker number in the text, in the order of first appearance
 * @param model that wrote the text, {@code extractive} when it is quoted; null when no model was called
 * @param nearest of an abstention the passages with the best scores, best first
 * @param searched null when no search was done
 * @param fallback set when another model than the configured one, or quotation, wrote the answer or abstained; null otherwise
 * @param truncated why the text is cut off; null when it is whole, and of failures
 */
public record Answer(
        MessageId id,
        Status status,
        @Nullable String reason,
        String text,
        List<Citation> citations,
        List<UnsupportedSentence> unsupported,
        @Nullable String model,
        boolean cached,
        TokenUsage usage,
        AnswerTimings timings,
        List<FoundPassage> nearest,
        @Nullable Searched searched,
        @Nullable ModelFallback fallback,
        @Nullable Truncation truncated) {
    /** The reason of a failure whose reader or server went away. */
    public static final String INTERRUPTED = "interrupted";

    public enum Status {
        ANSWERED,
        ABSTAINED,
        FAILED
    }

    /**
     * The scope of the search.
     *
     * @param question as it was searched for, rewritten to be understood without the conversation
     * @param collections number of searched collections
     * @param documents number of documents in them
     * @param searchable number of these documents that could be searched; null for answers of earlier releases
     * @param pending number of these documents that were still to be read for the first time; null for answers of earlier releases
     */
    public record Searched(
            String question,
            int collections,
            long documents,
            @Nullable Long searchable,
            @Nullable Long pending) {

        /** Whether documents were still to be read, so that another answer may be found later. Not named as a property, which would become part of the JSON. */
        public boolean hasPending() {
            return pending != null && pending > 0;
        }
    }

    public Answer {
        citations = List.copyOf(citations);
        unsupported = List.copyOf(unsupported);
        nearest = List.copyOf(nearest);
    }

    /** An answer of the configured model, whole or failed. */
    public Answer(
            MessageId id,
            Status status,
            @Nullable String reason,
            String text,
            List<Citation> citations,
            List<UnsupportedSentence> unsupported,
            @Nullable String model,
            boolean cached,
            TokenUsage usage,
            AnswerTimings timings,
            List<FoundPassage> nearest,
            @Nullable Searched searched) {
        this(
                id,
                status,
                reason,
                text,
                citations,
                unsupported,
                model,
                cached,
                usage,
                timings,
                nearest,
                searched,
                null,
                null);
    }
}
