package dev.lectern.answering;

import org.jspecify.annotations.Nullable;

/**
 * Durations of an answer in milliseconds. They start when the turn starts, unless a parameter says otherwise.
 *
 * @param retrieve duration of the search; null when there was none
 * @param firstText until the first text; null when there was no text
 * @param generate duration of writing; null when nothing was written
 * @param total duration of the whole answer
 * @param cache duration of the cache look-up; null unless the answer came from the cache
 * @param embedding duration of embedding the question, with two decimals; null for answers that were stored by older versions
 * @param model duration of the chat model calls, with two decimals; null likewise
 * @param overhead total without embedding and chat model, with two decimals; null likewise
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

    /** Timings without the parts that only newer answers have. */
    public AnswerTimings(@Nullable Long retrieve, @Nullable Long firstText, @Nullable Long generate, long total) {
        this(retrieve, firstText, generate, total, null, null, null, null);
    }
}
