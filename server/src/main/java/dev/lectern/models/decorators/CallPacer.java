package dev.lectern.models.decorators;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Keeps the calls of one model within its quota: in no minute more calls and tokens than it allows. The limits are configured, or learnt from a refusal that
 * names them. Thread-safe.
 */
final class CallPacer {
    /** A call can reach the service later than the one a minute before it did. */
    private static final Duration WINDOW = Duration.ofMillis(60_250);

    private final InstantSource clock;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private long callsPerMinute;
    private long tokensPerMinute;
    private long tokensInWindow;

    private record Sent(Instant at, long tokens) {}

    /**
     * @param callsPerMinute 0 for no limit that is known
     * @param tokensPerMinute likewise
     */
    CallPacer(long callsPerMinute, long tokensPerMinute, InstantSource clock) {
        this.callsPerMinute = callsPerMinute;
        this.tokensPerMinute = tokensPerMinute;
        this.clock = clock;
    }

    /** The service named its quota. A configured limit that is lower stays. */
    synchronized void learnCalls(long perMinute) {
        callsPerMinute = callsPerMinute == 0 ? perMinute : Math.min(callsPerMinute, perMinute);
    }

    /** As {@link #learnCalls}, for tokens. */
    synchronized void learnTokens(long perMinute) {
        tokensPerMinute = tokensPerMinute == 0 ? perMinute : Math.min(tokensPerMinute, perMinute);
    }

    /**
     * Counts a call if the quota allows it now.
     *
     * @return empty if it may be sent, otherwise when it can be tried again, and nothing is counted
     */
    synchronized Optional<Instant> tryAcquire(long tokens) {
        Instant now = clock.instant();
        forget(now);
        Instant next = now;
        if (callsPerMinute > 0 && sent.size() >= callsPerMinute) {
            next = whenForgotten(sent.size() - callsPerMinute);
        }
        // A call with more tokens than the quota of a minute is sent alone: the service decides.
        if (tokensPerMinute > 0 && tokensInWindow > 0 && tokensInWindow + tokens > tokensPerMinute) {
            Instant ofTokens = whenTokensFit(tokens);
            next = ofTokens.isAfter(next) ? ofTokens : next;
        }
        if (next.isAfter(now)) {
            return Optional.of(next);
        }
        count(now, tokens);
        return Optional.empty();
    }

    /** Counts a call that does not wait, such as that of a question. */
    synchronized void record(long tokens) {
        Instant now = clock.instant();
        forget(now);
        count(now, tokens);
    }

    private void count(Instant now, long tokens) {
        sent.addLast(new Sent(now, tokens));
        tokensInWindow += tokens;
    }

    private void forget(Instant now) {
        Instant begin = now.minus(WINDOW);
        for (Sent first = sent.peekFirst(); first != null && !first.at().isAfter(begin); first = sent.peekFirst()) {
            sent.removeFirst();
            tokensInWindow -= first.tokens();
        }
    }

    private Instant whenForgotten(long index) {
        return sent.stream().skip(index).findFirst().orElseThrow().at().plus(WINDOW);
    }

    private Instant whenTokensFit(long tokens) {
        long left = tokensInWindow;
        Instant when = Instant.MIN;
        for (Sent one : sent) {
            left -= one.tokens();
            when = one.at().plus(WINDOW);
            if (left <= 0 || left + tokens <= tokensPerMinute) {
                break;
            }
        }
        return when;
    }
}
