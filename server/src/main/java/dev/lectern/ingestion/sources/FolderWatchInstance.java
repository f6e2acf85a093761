package dev.lectern.ingestion.sources;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One watch service of the operating system with the folders that it watches. Several paths, of one source or of several, may lead to the same folder, which
 * then has one key. Thread-safe.
 *
 * <p>The Java platform registers folders in a single thread. A file system that does not answer there keeps this instance from registering and closing for as
 * long as it hangs, so that
 * methods may block, but wait for each other for a limited time only.
 */
final class FolderWatchInstance {
    /** Longer than any disk takes. */
    private static final long PATIENCE_MILLIS = 3_000;

    private final FolderEventSystem system;
    private final WatchService service;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<WatchKey, Set<Registration>> registrations = new HashMap<>();
    private volatile int count;
    private volatile boolean closed;

    /** Learns what happens in the folders that it registered. Called by the thread that reads the events: must not block. */
    interface Listener {
        /** @param folder as it was registered */
        void handleEvents(Path folder, List<WatchEvent<?>> events);

        /** The folder is not watched any more: it was deleted, or its file system was unmounted. */
        void handleLoss(Path folder);

        /** No folder of this listener is watched any more. */
        void handleRestart();

        /** Whether it needs no events any more. Once true, it stays so. */
        boolean isClosed();
    }

    /** A folder of another source does not answer, and keeps the operating system from watching further ones. */
    static final class StuckException extends IOException {
        private static final long serialVersionUID = 1L;

        StuckException() {
            super("Another folder that does not respond keeps folders from being watched");
        }
    }

    private record Registration(Listener listener, Path folder) {}

    /** A watched folder. Equal if it is the same folder of the file system. */
    record WatchedFolder(FolderWatchInstance instance, WatchKey key) {}

    FolderWatchInstance(FolderEventSystem system, WatchService service) {
        this.system = system;
        this.service = service;
    }

    /**
     * Watches a folder.
     *
     * @throws StuckException when another folder that is being registered does not answer
     */
    WatchedFolder register(Listener listener, Path folder) throws IOException {
        if (!tryLock()) {
            throw new StuckException();
        }
        try {
            // Held until the registration is recorded: an event must not come before.
            WatchKey key = system.register(service, folder);
            registrations.computeIfAbsent(key, added -> new HashSet<>()).add(new Registration(listener, folder));
            count = registrations.size();
            return new WatchedFolder(this, key);
        } finally {
            lock.unlock();
        }
    }

    /** @return false when another folder that is being registered does not answer; the folder is watched until the instance is closed then */
    boolean unregister(WatchKey key, Listener listener, Path folder) {
        if (!tryLock()) {
            return false;
        }
        try {
            Set<Registration> of = registrations.get(key);
            if (of != null && of.remove(new Registration(listener, folder)) && of.isEmpty()) {
                registrations.remove(key);
                count = registrations.size();
                key.cancel();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch of all folders of a listener. May block. */
    void unregisterAll(Listener listener) {
        lock.lock();
        try {
            registrations.entrySet().removeIf(entry -> {
                entry.getValue()
                        .removeIf(registration -> registration.listener().equals(listener));
                if (entry.getValue().isEmpty()) {
                    entry.getKey().cancel();
                    return true;
                }
                return false;
            });
            count = registrations.size();
        } finally {
            lock.unlock();
        }
    }

    /** Passes the next events on to the listeners. Returns when the instance is closed. */
    void dispatchNext() throws InterruptedException {
        try {
            dispatch(service.take());
        } catch (ClosedWatchServiceException end) {
            closed = true;
        }
    }

    private void dispatch(WatchKey key) {
        lock.lock();
        try {
            Set<Registration> of = Set.copyOf(registrations.getOrDefault(key, Set.of()));
            List<WatchEvent<?>> events = key.pollEvents();
            boolean valid = key.reset();
            if (!valid) {
                registrations.remove(key);
                count = registrations.size();
            }
            for (Registration registration : of) {
                if (!events.isEmpty()) {
                    registration.listener().handleEvents(registration.folder(), events);
                }
                if (!valid) {
                    registration.listener().handleLoss(registration.folder());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the instance can be used, or can soon. */
    boolean isResponding() {
        if (!tryLock()) {
            return false;
        }
        lock.unlock();
        return true;
    }

    private boolean tryLock() {
        try {
            return lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Folders of the file system that are watched. */
    int countFolders() {
        return count;
    }

    boolean isClosed() {
        return closed;
    }

    /** No events are passed on any more. */
    void markClosed() {
        closed = true;
    }

    /** Gives everything back to the operating system. Blocks while a folder that is being registered does not answer. */
    void close() throws IOException {
        closed = true;
        service.close();
    }
}
