package dev.lectern.answering;

import dev.lectern.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that the chat model used for an answer, and their price.
 *
 * @param cost null when the price of the model is unknown
 */
public record TokenUsage(
        int inputTokens, int outputTokens, @Nullable Money cost) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, null);
}
