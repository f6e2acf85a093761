package dev.lectern.index.lucene;

import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy;

/** Merges on one thread beside the writers, who wait when merges fall behind, and says when one is done: it becomes visible with the next commit. */
final class Merges extends ConcurrentMergeScheduler {
    private static final int THREADS = 1;
    private static final int WAITING_BEFORE_WRITERS_WAIT = 8;

    private final Runnable afterMerge;

    Merges(Runnable afterMerge) {
        this.afterMerge = afterMerge;
        setMaxMergesAndThreads(WAITING_BEFORE_WRITERS_WAIT, THREADS);
    }

    @Override
    protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
        super.doMerge(source, merge);
        afterMerge.run();
    }
}
