package dev.lectern.ingestion.sources;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events of one source that wait to be looked at: what has happened at each path since the last look, however often. With more than {@link #MAX_PATHS} of
 * them, it is not known any more what has happened. Thread-safe; adding never waits.
 */
final class FolderEventInbox {
    static final int MAX_PATHS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private Map<Path, EnumSet<FolderEventKind>> paths = new LinkedHashMap<>();
    private boolean overflown;
    private boolean restarted;
    private boolean closed;

    /** What has happened at a path. */
    enum FolderEventKind {
        CREATED,
        MODIFIED,
        DELETED,
        /** Some entries of this folder were created, modified or deleted; their events were lost. */
        OVERFLOWN,
        /** This folder is not watched any more. */
        LOST
    }

    /**
     * What has happened since the last look.
     *
     * @param overflown whether anything else may have happened as well
     * @param restarted whether no folder is watched any more
     */
    record Content(Map<Path, EnumSet<FolderEventKind>> paths, boolean overflown, boolean restarted) {
        boolean isEmpty() {
            return paths.isEmpty() && !overflown && !restarted;
        }
    }

    void add(Path folder, List<WatchEvent<?>> events) {
        lock.lock();
        try {
            for (WatchEvent<?> event : events) {
                if (event.context() instanceof Path name) {
                    put(folder.resolve(name), kindOf(event.kind()));
                } else {
                    put(folder, FolderEventKind.OVERFLOWN);
                }
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static FolderEventKind kindOf(WatchEvent.Kind<?> event) {
        if (event.equals(StandardWatchEventKinds.ENTRY_CREATE)) {
            return FolderEventKind.CREATED;
        }
        return event.equals(StandardWatchEventKinds.ENTRY_DELETE) ? FolderEventKind.DELETED : FolderEventKind.MODIFIED;
    }

    void addLoss(Path folder) {
        lock.lock();
        try {
            put(folder, FolderEventKind.LOST);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void put(Path path, FolderEventKind kind) {
        Set<FolderEventKind> known = paths.get(path);
        if (known != null) {
            known.add(kind);
        } else if (paths.size() < MAX_PATHS) {
            paths.put(path, EnumSet.of(kind));
        } else {
            overflown = true;
        }
    }

    void addRestart() {
        lock.lock();
        try {
            restarted = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait, now and later. */
    void close() {
        lock.lock();
        try {
            closed = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something, but not longer than this time. */
    void await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (paths.isEmpty() && !overflown && !restarted && !closed && left > 0) {
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets time pass, so that more comes together. Ends at {@link #close}. */
    void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && left > 0) {
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes out everything. */
    Content drain() {
        lock.lock();
        try {
            Content content = new Content(paths, overflown, restarted);
            if (!paths.isEmpty()) {
                paths = new LinkedHashMap<>();
            }
            overflown = false;
            restarted = false;
            return content;
        } finally {
            lock.unlock();
        }
    }
}
