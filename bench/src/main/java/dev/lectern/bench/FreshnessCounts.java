package dev.lectern.bench;

import dev.lectern.bench.ServerNode.Reply;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The counters of all freshness sequences. Thread-safe. */
final class FreshnessCounts {
    private static final int SHOWN = 1_500;

    private final AtomicLong replies = new AtomicLong();
    private final AtomicLong cached = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicInteger stale = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    void countReply(Reply reply) {
        replies.incrementAndGet();
        if (reply.body().contains("\"cached\":true")) {
            cached.incrementAndGet();
        }
    }

    void changed() {
        changes.incrementAndGet();
    }

    void stale(String what) {
        stale.incrementAndGet();
        System.out.println("STALE: " + shorten(what));
    }

    /** Another kind of mistake. */
    void failure(String what) {
        failures.incrementAndGet();
        System.out.println("FAILED: " + shorten(what));
    }

    void require(boolean fine, String what) {
        if (!fine) {
            throw new IllegalStateException(shorten(what));
        }
    }

    boolean fine() {
        return stale.get() == 0 && failures.get() == 0;
    }

    private static String shorten(String what) {
        return what.length() <= SHOWN ? what : what.substring(0, SHOWN) + " …";
    }

    @Override
    public String toString() {
        return "%,d changes acknowledged, %,d searches and answers verified, %,d answers from the cache, %d stale, %d failures"
                .formatted(changes.get(), replies.get(), cached.get(), stale.get(), failures.get());
    }
}
