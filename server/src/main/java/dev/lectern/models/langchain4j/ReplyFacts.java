package dev.lectern.models.langchain4j;

import dev.lectern.models.ChatReply;
import dev.lectern.text.TokenEstimator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the events of a reply say beside its text. Used by the thread that reads the stream alone. */
final class ReplyFacts {
    private final StringBuilder thoughts = new StringBuilder();
    private @Nullable String model;
    private @Nullable String finishReason;
    private @Nullable Integer inputTokens;
    private @Nullable Integer outputTokens;
    private @Nullable Integer thinkingTokens;
    private boolean doneMark;
    private boolean empty = true;

    void record(ReplyEvent event) {
        empty = false;
        if (event.model() != null) {
            model = event.model();
        }
        if (event.finishReason() != null) {
            finishReason = event.finishReason();
        }
        if (event.inputTokens() != null) {
            inputTokens = event.inputTokens();
        }
        if (event.outputTokens() != null) {
            outputTokens = event.outputTokens();
        }
        if (event.thinkingTokens() != null) {
            thinkingTokens = event.thinkingTokens();
        }
        thoughts.append(event.thoughts());
    }

    /** Whether the service sent no part of a reply, so that it charges nothing. */
    boolean isEmpty() {
        return empty;
    }

    /** The mark at the end of a stream of OpenAI's protocol. */
    void recordDoneMark() {
        doneMark = true;
    }

    /** Adds thoughts that stood within the text. */
    void addThoughts(String piece) {
        thoughts.append(piece);
    }

    /** The model that the service says it used. */
    @Nullable String model() {
        return model;
    }

    /** Whether the service said that the reply is over, by a reason or by the mark of its protocol. */
    boolean isFinished() {
        return finishReason != null || doneMark;
    }

    /** As the service counted them; null when it did not. */
    @Nullable Integer inputTokens() {
        return inputTokens;
    }

    /** As the service counted them, with those of thoughts; null when it did not. */
    @Nullable Integer outputTokens() {
        return outputTokens;
    }

    /** As the service counted them, or else estimated from the thoughts that it sent. */
    int thinkingTokens() {
        return thinkingTokens == null ? TokenEstimator.of(thoughts) : thinkingTokens;
    }

    /** Names that are not known are ends like others; services have many of their own, such as {@code eos} and {@code end_turn}. */
    ChatReply.Finish finish() {
        if (finishReason == null) {
            return ChatReply.Finish.COMPLETE;
        }
        String reason = finishReason.toLowerCase(Locale.ROOT);
        if (reason.contains("length") || reason.contains("max_tokens") || reason.contains("model_context")) {
            return ChatReply.Finish.LENGTH;
        }
        if (containsAny(reason, "filter", "safety", "blocklist", "prohibited", "recitation", "spii", "language", "refus")) {
            return ChatReply.Finish.FILTERED;
        }
        return containsAny(reason, "tool", "function", "other", "error", "abort", "unspecified")
                ? ChatReply.Finish.OTHER
                : ChatReply.Finish.COMPLETE;
    }

    private static boolean containsAny(String reason, String... words) {
        for (String word : words) {
            if (reason.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
