package dev.lectern.ingestion.sources;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file system that hangs: calls about a held path do not return until it is released, whatever interrupts them. Put between {@link FolderAccess} and the
 * real files.
 */
public final class FolderGate implements Consumer<Path> {
    /** Held threads go on after this time, so that a test that fails does not keep them. */
    private static final long LIMIT_SECONDS = 120;

    private static final String READER = FolderInputStream.class.getName();

    private final Map<Path, CountDownLatch> held = new HashMap<>();
    private final Map<Path, Integer> passing = new HashMap<>();
    private final Set<Path> reading = new HashSet<>();
    private final Set<Path> hanging = ConcurrentHashMap.newKeySet();

    /** Lets calls about the path hang from now on. */
    public void hold(Path path) {
        holdAfter(path, 0);
    }

    /** @param calls that still pass */
    public synchronized void holdAfter(Path path, int calls) {
        passing.put(path, calls);
        held.put(path, new CountDownLatch(1));
    }

    /**
     * Lets the file hang while it is read, but not while its folder is listed.
     *
     * @param chunks that can still be read
     */
    public synchronized void holdReading(Path file, int chunks) {
        reading.add(file);
        holdAfter(file, chunks);
    }

    /** Later calls pass, but those that hang go on to do so. */
    public synchronized void loseHanging(Path path) {
        held.remove(path);
    }

    public synchronized void release(Path path) {
        CountDownLatch latch = held.remove(path);
        if (latch != null) {
            latch.countDown();
        }
    }

    public synchronized void releaseAll() {
        held.values().forEach(CountDownLatch::countDown);
        held.clear();
    }

    public boolean isHanging(Path path) {
        return hanging.contains(path);
    }

    @Override
    public void accept(Path path) {
        CountDownLatch latch = find(path);
        if (latch != null) {
            hanging.add(path);
            awaitUninterruptibly(latch);
            hanging.remove(path);
        }
    }

    private synchronized @Nullable CountDownLatch find(Path path) {
        CountDownLatch latch = held.get(path);
        if (latch == null || (reading.contains(path) && !isReading())) {
            return null;
        }
        return passing.merge(path, -1, Integer::sum) >= 0 ? null : latch;
    }

    private static boolean isReading() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(READER)));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        boolean interrupted = false;
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            try {
                latch.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException ignoredLikeTheKernelDoes) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
