package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.ingestion.pipeline.RestartingLoop;
import dev.lectern.ingestion.sources.FolderWatchInstance.Listener;
import dev.lectern.ingestion.sources.FolderWatchInstance.WatchedFolder;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.observability.spi.TaskThreads;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Watches folders for all sources of this node with one watch service of the operating system, which is open as long as a source needs it. Thread-safe.
 * A file system that does not answer while one of its folders is registered blocks all of this, until {@link #replaceIfStuck} frees the others from it.
 */
@Component
class FolderWatchService implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(FolderWatchService.class);
    /** Each watch service that hangs holds one inotify instance and two threads until its file system answers. */
    private static final int MAX_STUCK = 4;

    private final FolderEventSystem system;
    private final LoopMonitor loops;
    private final InotifyLimits limits = new InotifyLimits(Path.of("/proc"));
    private final Set<Listener> listeners = new HashSet<>();
    /** How many folders of each listener are being registered. */
    private final Map<Listener, Integer> registering = new ConcurrentHashMap<>();

    private final AtomicInteger closing = new AtomicInteger();
    private volatile @Nullable FolderWatchInstance instance;
    private boolean stopped;

    FolderWatchService(FolderEventSystem system, LoopMonitor loops) {
        this.system = system;
        this.loops = loops;
    }

    /**
     * Watches a folder, without those below it.
     *
     * @throws WatchLimitException when the operating system watches no more folders
     * @throws FolderWatchInstance.StuckException when a folder of another source does not answer
     * @throws IOException when this folder cannot be watched
     */
    WatchedFolder register(Listener listener, Path folder) throws IOException {
        FolderWatchInstance used = open(listener);
        registering.merge(listener, 1, Integer::sum);
        try {
            return used.register(listener, folder);
        } catch (ClosedWatchServiceException e) {
            throw new IOException("The watch service was closed meanwhile", e);
        } catch (IOException e) {
            throw limits.explainRegistration(e);
        } finally {
            registering.computeIfPresent(listener, (key, count) -> count == 1 ? null : count - 1);
            if (listener.isClosed()) {
                // The folder answered too late: nobody else would end this watch any more.
                unregisterAll(listener);
            }
        }
    }

    /** Whether a folder of the listener is being registered at the moment, also one that nobody waits for any more. */
    boolean isRegistering(Listener listener) {
        return registering.containsKey(listener);
    }

    private synchronized FolderWatchInstance open(Listener listener) throws IOException {
        if (stopped) {
            throw new IOException("The server stops");
        }
        FolderWatchInstance present = instance;
        if (present == null || present.isClosed()) {
            present = openInstance();
            instance = present;
        }
        listeners.add(listener);
        return present;
    }

    private FolderWatchInstance openInstance() throws IOException {
        if (closing.get() >= MAX_STUCK) {
            throw new WatchLimitException(
                    "Folders that do not respond keep the server from watching any folder. Restore or remove them.",
                    true,
                    new IOException("Too many watch services are stuck"));
        }
        FolderWatchInstance opened;
        try {
            opened = new FolderWatchInstance(system, system.open());
        } catch (IOException e) {
            throw limits.explainOpening(e);
        }
        TaskThreads.startPlatformThread(
                "folder-events",
                new BackgroundTask(() -> RestartingLoop.run(
                        "The reading of changes in folders", loops, opened::isClosed, opened::dispatchNext)));
        return opened;
    }

    /** Ends the watch of one folder. */
    void unregister(WatchedFolder watched, Listener listener, Path folder) {
        try {
            if (!watched.instance().unregister(watched.key(), listener, folder)) {
                log.debug("{} is watched until the watch service is replaced", folder);
            }
        } catch (ClosedWatchServiceException gone) {
            log.debug("{} was not watched any more", folder, gone);
        }
    }

    /** Ends the watch of all folders of a listener. The last one closes the watch service. */
    void unregisterAll(Listener listener) {
        FolderWatchInstance last = removeListener(listener);
        if (last != null) {
            close(last);
            return;
        }
        FolderWatchInstance present = instance;
        if (present == null) {
            return;
        }
        if (present.isResponding()) {
            present.unregisterAll(listener);
        } else {
            TaskThreads.startPlatformThread("folder-events-close", () -> present.unregisterAll(listener));
        }
    }

    private synchronized @Nullable FolderWatchInstance removeListener(Listener listener) {
        boolean removed = listeners.remove(listener);
        if (!removed || !listeners.isEmpty()) {
            return null;
        }
        FolderWatchInstance last = instance;
        instance = null;
        return last;
    }

    /** After a folder did not respond: if it was just being registered, a new watch service watches the others, and all of them are to be registered again. */
    void replaceIfStuck() {
        FolderWatchInstance suspect = instance;
        if (suspect == null || suspect.isResponding()) {
            return;
        }
        Set<Listener> affected;
        synchronized (this) {
            if (!suspect.equals(instance)) {
                return;
            }
            instance = null;
            affected = Set.copyOf(listeners);
        }
        log.warn("A folder that does not respond blocks the watch of all folders. The others are watched anew.");
        close(suspect);
        affected.forEach(Listener::handleRestart);
    }

    /** In a thread of its own, since closing waits for a folder that is being registered. */
    private void close(FolderWatchInstance unused) {
        closing.incrementAndGet();
        unused.markClosed();
        TaskThreads.startPlatformThread("folder-events-close", () -> {
            try {
                unused.close();
            } catch (IOException e) {
                log.warn("The watch of folders could not be ended", e);
            } finally {
                closing.decrementAndGet();
            }
        });
    }

    /** Folders that are watched at present. */
    int countFolders() {
        FolderWatchInstance present = instance;
        return present == null ? 0 : present.countFolders();
    }

    @Override
    public void destroy() {
        FolderWatchInstance last;
        synchronized (this) {
            stopped = true;
            listeners.clear();
            last = instance;
            instance = null;
        }
        if (last != null) {
            close(last);
        }
    }
}
