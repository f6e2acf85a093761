package dev.lectern.settings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A setting that may change while the server runs, as administrators see it.
 *
 * @param name of its environment variable
 * @param kind {@code number}, {@code duration}, {@code choice}, {@code text} or {@code secret}
 * @param value at present, on this node; {@code ***} for a secret
 * @param defaultValue without a change
 * @param bounds what to write, such as {@code a whole number from 0 to 1000000}
 * @param description what it limits or enables
 * @param fixed whether the environment of this node sets it, so that it cannot be changed
 * @param version number that rises with every change; 0 before the first
 * @param changedAt null before the first change
 * @param changedBy {@code Caller.text()}; null before the first change
 */
public record AdjustableSetting(
        String name,
        String kind,
        String value,
        String defaultValue,
        String bounds,
        String description,
        boolean fixed,
        long version,
        @Nullable Instant changedAt,
        @Nullable String changedBy) {}
