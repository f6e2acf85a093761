package dev.lectern.index.lucene;

import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.observability.spi.TaskThreads;
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
 * Merges the segments of an index after a period without writes. Each segment has its own HNSW graph, and searching seven segments takes four times as
 * long as searching one. The largest segment is only merged after the others have grown to a share of it, which limits how often a passage is rewritten.
 */
final class SegmentConsolidator {
    /** Time without writes before a merge starts. */
    static final Duration QUIET = Duration.ofSeconds(10);

    /** Maximum number of passages of a merged segment. Building a larger graph takes too much memory and time for a background task. */
    static final int MAX_CONSOLIDATED_PASSAGES = 500_000;

    private static final Logger log = LoggerFactory.getLogger(SegmentConsolidator.class);
    private static final double REBUILD_RATIO = 0.2;
    private static final int MAX_SEGMENTS = 3;

    /** Access to the current segments and their writer. */
    interface Segments {
        List<LeafReaderContext> current() throws IOException;

        IndexWriter writer();

        boolean closed();
    }

    private final Segments parts;
    private final long quietNanos;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile long lastWrite;

    SegmentConsolidator(Segments parts, Duration quiet) {
        this.parts = parts;
        this.quietNanos = quiet.toNanos();
    }

    /** Records a write and schedules a consolidation. */
    void recordWrite() {
        lastWrite = System.nanoTime();
        if (waiting.compareAndSet(false, true)) {
            TaskThreads.startVirtualThread("index-consolidation", new BackgroundTask(this::consolidateWhenQuiet));
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
            log.debug("Consolidation failed; it is retried after the next write", e);
        } catch (RuntimeException | Error e) {
            log.warn(
                    "The consolidation of the index failed; searches are slower until it succeeds after the next write",
                    e);
        }
    }

    private void consolidate() throws IOException {
        List<Integer> sizes =
                parts.current().stream().map(part -> part.reader().maxDoc()).toList();
        int most = targetSegmentCount(sizes);
        if (most < sizes.size()) {
            // Returns immediately; the merged segment becomes visible like that of any other merge.
            parts.writer().forceMerge(most, false);
        }
    }

    /** The number of segments to merge down to, given the number of passages of each segment. */
    static int targetSegmentCount(List<Integer> sizes) {
        int all = sizes.stream().mapToInt(Integer::intValue).sum();
        int largest = sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
        if (sizes.size() > 1 && all <= MAX_CONSOLIDATED_PASSAGES && all - largest >= REBUILD_RATIO * largest) {
            return 1;
        }
        return Math.min(sizes.size(), MAX_SEGMENTS);
    }
}
