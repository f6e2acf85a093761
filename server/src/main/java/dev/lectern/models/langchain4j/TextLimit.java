package dev.lectern.models.langchain4j;

import dev.lectern.text.TokenEstimator;

/**
 * The maximum tokens of a text. A model that thinks less than its head-room may write more than was asked for, and the service lets it. Tokens are estimated,
 * so that a tenth more is let through. Not thread-safe.
 */
final class TextLimit {
    private static final double TOLERANCE = 1.1;
    /** Single characters would each count as a token. */
    private static final int BLOCK = 400;

    private final double maxTokens;
    private final StringBuilder block = new StringBuilder();
    private long tokens;

    /** @param headRoom tokens that the service was given beside those of the text; without any it keeps the limit itself */
    TextLimit(int maxTokens, int headRoom) {
        this.maxTokens = headRoom == 0 ? Double.MAX_VALUE : maxTokens * TOLERANCE;
    }

    /** Whether the text is longer than its limit with the next piece. */
    boolean isPassedWith(String piece) {
        block.append(piece);
        if (block.length() < BLOCK && tokens + block.length() <= maxTokens) {
            return false;
        }
        int current = TokenEstimator.of(block);
        if (block.length() >= BLOCK) {
            tokens += current;
            current = 0;
            block.setLength(0);
        }
        return tokens + current > maxTokens;
    }
}
