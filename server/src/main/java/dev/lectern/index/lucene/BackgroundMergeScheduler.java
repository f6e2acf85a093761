package dev.lectern.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy;

/** Runs merges on one background thread and calls back after each. Writers wait when merges fall behind. A merge becomes visible with the next commit. */
final class BackgroundMergeScheduler extends ConcurrentMergeScheduler {
    private static final int THREADS = 1;
    private static final int MAX_PENDING_MERGES = 8;

    private final Runnable afterMerge;

    BackgroundMergeScheduler(Runnable afterMerge) {
        this.afterMerge = afterMerge;
        setMaxMergesAndThreads(MAX_PENDING_MERGES, THREADS);
    }

    @Override
    protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
        super.doMerge(source, merge);
        afterMerge.run();
    }
}
