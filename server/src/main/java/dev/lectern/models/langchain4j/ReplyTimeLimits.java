package dev.lectern.models.langchain4j;

import java.time.Duration;

/**
 * How long a model may be silent.
 *
 * @param firstText from the call to the first text that a reader sees; thoughts do not count
 * @param betweenEvents from one event of the reply to the next, once text was seen; thoughts count
 */
record ReplyTimeLimits(Duration firstText, Duration betweenEvents) {
    /** For calls that have a deadline alone. */
    static final ReplyTimeLimits NONE = new ReplyTimeLimits(Duration.ofDays(1), Duration.ofDays(1));
}
