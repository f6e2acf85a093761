package dev.lectern.answering;

import dev.lectern.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took.
 *
 * @param cost null while the price is not known
 */
public record TokenUsage(
        int inputTokens, int outputTokens, @Nullable Money cost) {
    public static final TokenUsage NONE = new TokenUsage(0, 0, null);
}
