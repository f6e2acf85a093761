package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.ingestion.pipeline.RestartingLoop;
import dev.lectern.ingestion.sources.SourceWatcher.Signal;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.NodeRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The watchers of the sources that this node watches, one for each. */
@Component
class SourceWatcherRegistry {
    private final SourceRepository sources;
    private final SourceConnectorRegistry connectors;
    private final NodeRegistry nodeRegistry;
    private final JobRepository jobs;
    private final ScanWorker scans;
    private final LoopMonitor loops;
    private final ExecutorService executor;
    private final Map<SourceId, SourceWatcher> watchers = new ConcurrentHashMap<>();
    /** The states that the database has. */
    private final Map<SourceId, SourceWatchState> recorded = new ConcurrentHashMap<>();

    private volatile boolean stopped;

    SourceWatcherRegistry(
            SourceRepository sources,
            SourceConnectorRegistry connectors,
            NodeRegistry nodeRegistry,
            JobRepository jobs,
            ScanWorker scans,
            LoopMonitor loops,
            ExecutorService applicationExecutor) {
        this.sources = sources;
        this.connectors = connectors;
        this.nodeRegistry = nodeRegistry;
        this.jobs = jobs;
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

    private static String recordOf(SourceId source) {
        return "The record of how source " + source + " is watched";
    }

    private SourceWatcher startWatcher(Source source) {
        SourceConnector connector = connectors.find(source);
        SourceConnector.Schedule schedule = connector.schedule(source);
        SourceWatcher watcher =
                schedule.watchable() ? connector.watch(source) : new IntervalWatcher(schedule.interval());
        executor.execute(new BackgroundTask(() -> runWatcher(source.id(), watcher, schedule)));
        return watcher;
    }

    private void runWatcher(SourceId source, SourceWatcher watcher, SourceConnector.Schedule schedule) {
        // A change whose scan could not be queued is not forgotten.
        AtomicReference<Signal> open = new AtomicReference<>(Signal.NONE);
        try {
            RestartingLoop.run("The wait for changes of source " + source, loops, watcher::isClosed, () -> {
                recordState(source, watcher);
                if (open.get() == Signal.NONE) {
                    open.set(watcher.awaitChange(schedule.interval()));
                }
                requestScan(source, open.get());
                open.set(Signal.NONE);
            });
        } finally {
            watcher.release();
        }
    }

    private void requestScan(SourceId source, Signal signal) {
        // At a short interval, scans that take longer than that would follow each other without end.
        boolean wanted = signal == Signal.CHANGED || (signal == Signal.INTERVAL && !jobs.hasOpenScan(source));
        if (wanted) {
            sources.find(source).ifPresent(found -> scans.request(SystemTask.SOURCE_SCAN, found, false, false, true));
        }
    }

    /** A state that cannot be stored now is stored later; the watch goes on meanwhile. */
    private void recordState(SourceId source, SourceWatcher watcher) {
        SourceWatchState state = watcher.state();
        if (!state.equals(recorded.get(source)) && !watcher.isClosed()) {
            loops.attemptNow(recordOf(source), () -> {
                sources.recordWatch(source, state);
                recorded.put(source, state);
            });
        }
    }

    void unwatch(SourceId source) {
        loops.recordSuccess(watchOf(source));
        loops.recordSuccess(recordOf(source));
        SourceWatcher watcher = watchers.remove(source);
        recorded.remove(source);
        if (watcher != null) {
            watcher.close();
        }
    }

    /** Closes all watchers. Other nodes take the sources over once they see that this node has ended. */
    void stop() {
        stopped = true;
        watchers.values().forEach(SourceWatcher::close);
        watchers.clear();
    }

    /** The number of sources that this node watches in this way. */
    long count(WatchMode mode) {
        return watchers.values().stream()
                .filter(watcher -> watcher.state().mode() == mode)
                .count();
    }
}
