package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.ingestion.pipeline.RestartingLoop;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.NodeRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The watchers of the sources that this node watches, one for each. */
@Component
class SourceWatcherRegistry {
    private static final Logger log = LoggerFactory.getLogger(SourceWatcherRegistry.class);

    private final SourceRepository sources;
    private final SourceConnectorRegistry connectors;
    private final NodeRegistry nodeRegistry;
    private final ScanWorker scans;
    private final LoopMonitor loops;
    private final ExecutorService executor;
    private final Map<SourceId, SourceWatcher> watchers = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    SourceWatcherRegistry(
            SourceRepository sources,
            SourceConnectorRegistry connectors,
            NodeRegistry nodeRegistry,
            ScanWorker scans,
            LoopMonitor loops,
            ExecutorService applicationExecutor) {
        this.sources = sources;
        this.connectors = connectors;
        this.nodeRegistry = nodeRegistry;
        this.scans = scans;
        this.loops = loops;
        this.executor = applicationExecutor;
    }

    /**
     * Watches the source, unless another living node does.
     *
     * @return whether this node watches it
     */
    boolean watch(Source source) {
        if (!isOurs(source) || !sources.claimWatch(source.id())) {
            return false;
        }
        watchers.computeIfAbsent(source.id(), id -> startWatcher(source));
        if (stopped) {
            unwatch(source.id());
        }
        return true;
    }

    /**
     * Ends the watchers of sources that were removed or that another node watches, and watches the sources that no node does.
     *
     * @return the newly watched sources, which are to be scanned for changes that no node saw
     */
    List<Source> adoptUnwatched() {
        List<Source> watchable =
                sources.listWatchable().stream().filter(this::checkOurs).toList();
        Set<SourceId> ours = watchable.stream().map(Source::id).collect(Collectors.toSet());
        watchers.keySet().stream().filter(id -> !ours.contains(id)).toList().forEach(id -> {
            unwatch(id);
            loops.attemptNow(releaseOf(id), () -> sources.releaseWatch(id));
        });
        return watchable.stream()
                .filter(source -> !watchers.containsKey(source.id()))
                .filter(this::tryToWatch)
                .toList();
    }

    /** A source that cannot be reached is waited for, unless another node may be able to reach it. */
    private boolean isOurs(Source source) {
        return connectors.find(source).isReachable(source) || nodeRegistry.countOthers() == 0;
    }

    /**
     * Watches the source, unless another living node does, or it cannot be watched at the moment. What keeps it from being watched is reported in
     * {@code /health}, and it is tried again.
     *
     * @return whether this node watches it
     */
    boolean tryToWatch(Source source) {
        try {
            boolean watched = watch(source);
            loops.recordSuccess(watchOf(source.id()));
            return watched;
        } catch (RuntimeException | Error e) {
            loops.recordFailure(watchOf(source.id()), e);
            loops.attemptNow(releaseOf(source.id()), () -> sources.releaseWatch(source.id()));
            return false;
        }
    }

    /** A source whose connector fails must not keep the others from being watched. */
    private boolean checkOurs(Source source) {
        try {
            boolean ours = isOurs(source);
            if (!ours) {
                loops.recordSuccess(watchOf(source.id()));
            }
            return ours;
        } catch (RuntimeException | Error e) {
            loops.recordFailure(watchOf(source.id()), e);
            return false;
        }
    }

    private static String watchOf(SourceId source) {
        return "The watch of source " + source;
    }

    private static String releaseOf(SourceId source) {
        return "The release of source " + source;
    }

    private SourceWatcher startWatcher(Source source) {
        SourceConnector connector = connectors.find(source);
        SourceConnector.Schedule schedule = connector.schedule(source);
        try {
            SourceWatcher watcher = schedule.watchable() ? connector.watch(source) : new IntervalWatcher();
            // A change whose scan could not be queued is not forgotten.
            AtomicBoolean changed = new AtomicBoolean();
            executor.execute(new BackgroundTask(() -> RestartingLoop.run(
                    "The wait for changes of source " + source.id(), loops, watcher::isClosed, () -> {
                        if (changed.get() || watcher.awaitChange(schedule.interval())) {
                            changed.set(true);
                            requestScan(source.id());
                            changed.set(false);
                        }
                    })));
            return watcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requestScan(SourceId source) {
        sources.find(source).ifPresent(found -> scans.request(SystemTask.SOURCE_SCAN, found, false, true));
    }

    void unwatch(SourceId source) {
        loops.recordSuccess(watchOf(source));
        SourceWatcher watcher = watchers.remove(source);
        if (watcher != null) {
            close(watcher);
        }
    }

    /** Closes all watchers. Other nodes take the sources over once they see that this node has ended. */
    void stop() {
        stopped = true;
        watchers.values().forEach(SourceWatcherRegistry::close);
        watchers.clear();
    }

    private static void close(SourceWatcher watcher) {
        try {
            watcher.close();
        } catch (IOException e) {
            log.warn("The watcher of a source could not be closed", e);
        }
    }
}
