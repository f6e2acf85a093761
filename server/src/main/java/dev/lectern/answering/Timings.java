package dev.lectern.answering;

import org.jspecify.annotations.Nullable;

/**
 * How long an answer took, in milliseconds since the question came in unless said otherwise.
 *
 * @param retrieve the search alone; null when it did not come to one
 * @param firstText until the first text; null when there was none
 * @param generate the writing alone; null when it did not come to it
 */
public record Timings(
        @Nullable Long retrieve,
        @Nullable Long firstText,
        @Nullable Long generate,
        long total) {}
