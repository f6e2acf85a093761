package dev.lectern.answering;

import dev.lectern.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that the chat model used for an answer, and their price.
 *
 * @param outputTokens with thoughts, which services charge as output
 * @param thinkingTokens the part of the output tokens that the model thought with; null for answers of earlier releases
 * @param answeringModel the model that the service says it used and charges, without the name of the service; null when it does not say
 * @param cost null when the price of the model is unknown
 */
public record TokenUsage(
        int inputTokens,
        int outputTokens,
        @Nullable Integer thinkingTokens,
        @Nullable String answeringModel,
        @Nullable Money cost) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, null);

    /** The usage of a model that did not think. */
    public TokenUsage(int inputTokens, int outputTokens, @Nullable Money cost) {
        this(inputTokens, outputTokens, 0, null, cost);
    }

    /** The tokens of two calls for the same answer, which this one's model wrote. The price is known only for a single call. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                thinking() + other.thinking(),
                answeringModel,
                null);
    }

    private int thinking() {
        return thinkingTokens == null ? 0 : thinkingTokens;
    }
}
