package dev.lectern.index.lucene;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one part of many when nothing has been written for a while: every part has a graph of its own, and searching seven takes four times as long as
 * searching one. The large part is only rebuilt after the others have grown to a share of it, so that a passage is rebuilt a few times in its life.
 */
final class Consolidation {
    /** How long nothing is written before it begins. */
    static final Duration QUIET = Duration.ofSeconds(10);

    /** Passages; building a graph of more takes more memory and minutes than the program should spend unasked. */
    static final int MOST = 500_000;

    private static final Logger log = LoggerFactory.getLogger(Consolidation.class);
    private static final double WORTH_A_REBUILD = 0.2;
    private static final int FEW = 3;

    /** What is searched now, and who writes it. */
    interface Parts {
        List<LeafReaderContext> present() throws IOException;

        IndexWriter writer();

        boolean closed();
    }

    private final Parts parts;
    private final long quietNanos;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile long lastWrite;

    Consolidation(Parts parts, Duration quiet) {
        this.parts = parts;
        this.quietNanos = quiet.toNanos();
    }

    /** Something was written. */
    void written() {
        lastWrite = System.nanoTime();
        if (waiting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("index-consolidation").start(this::consolidateWhenQuiet);
        }
    }

    private void consolidateWhenQuiet() {
        try {
            for (long left = quietNanos; left > 0; left = quietNanos - (System.nanoTime() - lastWrite)) {
                Thread.sleep(Duration.ofNanos(left));
            }
            waiting.set(false);
            if (!parts.closed()) {
                consolidate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | AlreadyClosedException e) {
            log.debug("The index is consolidated after a later write", e);
        }
    }

    private void consolidate() throws IOException {
        List<Integer> sizes =
                parts.present().stream().map(part -> part.reader().maxDoc()).toList();
        int most = wanted(sizes);
        if (most < sizes.size()) {
            // Returns at once; what is merged is shown as after every other merge.
            parts.writer().forceMerge(most, false);
        }
    }

    /** How many parts there should be, of so many passages each. */
    static int wanted(List<Integer> sizes) {
        int all = sizes.stream().mapToInt(Integer::intValue).sum();
        int largest = sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (sizes.size() > 1 && all <= MOST && all - largest >= WORTH_A_REBUILD * largest) {
            return 1;
        }
        return Math.min(sizes.size(), FEW);
    }
}
