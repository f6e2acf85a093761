package dev.lectern.ingestion.sources;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a source is watched at present.
 *
 * @param interval longest time between two scans
 * @param reason for operators, a sentence that says why the source does not report its changes, and what to do; null when it does
 * @param degraded whether the operator can do something about it, so that it is a warning
 */
public record SourceWatchState(
        WatchMode mode, Duration interval, @Nullable String reason, boolean degraded) {
    /** Of a source that no node watches. */
    static final SourceWatchState UNWATCHED = new SourceWatchState(WatchMode.NONE, Duration.ZERO, null, false);

    static SourceWatchState events(Duration interval) {
        return new SourceWatchState(WatchMode.EVENTS, interval, null, false);
    }

    static SourceWatchState polling(Duration interval, String reason, boolean degraded) {
        return new SourceWatchState(WatchMode.POLLING, interval, reason, degraded);
    }

    static SourceWatchState none(Duration interval, String reason) {
        return new SourceWatchState(WatchMode.NONE, interval, reason, false);
    }
}
