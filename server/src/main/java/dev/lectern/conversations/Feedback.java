package dev.lectern.conversations;

import org.jspecify.annotations.Nullable;

/**
 * What a reader thinks of an answer.
 *
 * @param comment at most {@value #MAX_COMMENT} characters
 */
public record Feedback(Rating rating, @Nullable String comment) {
    public static final int MAX_COMMENT = 2_000;

    public enum Rating {
        UP,
        DOWN
    }
}
