package dev.lectern.conversations;

import org.jspecify.annotations.Nullable;

/**
 * A reader's rating of an answer.
 *
 * @param comment at most {@value #MAX_COMMENT} characters; null when there is none
 */
public record Feedback(Rating rating, @Nullable String comment) {
    public static final int MAX_COMMENT = 2_000;

    public enum Rating {
        UP,
        DOWN
    }
}
