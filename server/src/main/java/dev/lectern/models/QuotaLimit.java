package dev.lectern.models;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a service said about a quota when it refused a call.
 *
 * @param perMinute how many requests or tokens the service allows in a minute; 0 when it does not say
 * @param notBefore the earliest time of the next call of the same model; the time of the refusal when the service names none
 */
public record QuotaLimit(Kind kind, Instant notBefore, long perMinute) {

    /** A quota whose size is not known. */
    public QuotaLimit(Kind kind, Instant notBefore) {
        this(kind, notBefore, 0);
    }

    /** Time left, in milliseconds rounded up, so that a call after it is not too early; empty when there is none. */
    public Optional<Duration> waitFrom(Instant now) {
        return notBefore.isAfter(now)
                ? Optional.of(Duration.ofMillis(Duration.between(now, notBefore).plusNanos(999_999).toMillis()))
                : Optional.empty();
    }

    /** Which quota is used up. */
    public enum Kind {
        /** Requests in a minute. */
        REQUESTS("the quota of requests in a minute is used up", true),
        /** Tokens in a minute. */
        TOKENS("the quota of tokens in a minute is used up", true),
        /** Requests or tokens in a day. */
        DAY("the quota of the day is used up", true),
        /** Costs in some time. */
        SPEND("the limit of costs is reached", true),
        /** The service has no capacity for the model at present. */
        CAPACITY("the service has no capacity for this model at present", true),
        /** The service names no quota. */
        UNKNOWN("the service is rate limiting requests", true),
        /** There is no quota for the model at all. */
        NONE("this key's project has no quota for the model", false),
        /** The account has no credit. */
        CREDIT("the account has no credit left", false);

        private final String condition;
        private final boolean passing;

        Kind(String condition, boolean passing) {
            this.condition = condition;
            this.passing = passing;
        }

        /** A part of a sentence, such as {@code the quota of the day is used up}. */
        public String condition() {
            return condition;
        }

        /** Whether it passes by itself. Otherwise a call is never repeated, and somebody has to do something. */
        public boolean isPassing() {
            return passing;
        }
    }
}
