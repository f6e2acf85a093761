package dev.lectern.answering;

import dev.lectern.answering.support.UnsupportedSentence;
import dev.lectern.shared.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text with citations, or an abstention, as it was given.
 *
 * @param reason of an abstention the code of an {@link AbstentionReason}; of a failure {@code stopped} (by the reader), {@code interrupted} (its
 *     reader or its server went away), {@code model_unavailable} or another code of a problem; null when answered
 * @param text Markdown with {@code [n]} where a citation stands; of a failure what was written until then
 * @param citations one for each number that stands in the text, in the order of their first appearance
 * @param model that wrote it, {@code extractive} when it is quoted; null when none was asked
 * @param nearest of an abstention the nearest passages, best first
 * @param searched null when it did not come to a search
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
        @Nullable Searched searched) {
    /** The reason of an answer whose reader or server went away. */
    public static final String INTERRUPTED = "interrupted";

    public enum Status {
        ANSWERED,
        ABSTAINED,
        FAILED
    }

    /**
     * What was searched.
     *
     * @param question as it was searched for, made self-contained
     * @param collections how many
     * @param documents how many they hold
     */
    public record Searched(String question, int collections, long documents) {}

    public Answer {
        citations = List.copyOf(citations);
        unsupported = List.copyOf(unsupported);
        nearest = List.copyOf(nearest);
    }
}
