package dev.lectern.answering;

import org.jspecify.annotations.Nullable;

/**
 * How long an answer took, in milliseconds since the question came in unless said otherwise.
 *
 * @param retrieve the search alone; null when it did not come to one
 * @param firstText until the first text; null when there was none
 * @param generate the writing alone; null when it did not come to it
 * @param cache looking for an answer that was given before; null unless it is such a one
 * @param embedding the question's embedding alone, to a hundredth; null for an answer that was kept before this was told
 * @param model the chat model alone, likewise
 * @param overhead what neither of the two took, likewise
 */
public record AnswerTimings(
        @Nullable Long retrieve,
        @Nullable Long firstText,
        @Nullable Long generate,
        long total,
        @Nullable Long cache,
        @Nullable Double embedding,
        @Nullable Double model,
        @Nullable Double overhead) {

    /** Of an answer that was made. */
    public AnswerTimings(@Nullable Long retrieve, @Nullable Long firstText, @Nullable Long generate, long total) {
        this(retrieve, firstText, generate, total, null, null, null, null);
    }
}
