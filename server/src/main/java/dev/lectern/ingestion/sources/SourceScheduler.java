package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.library.CollectionDeletedEvent;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.SourceId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Scans the sources without a request: when the program starts, when one has changed, and when its watching node has died. */
@Component
public class SourceScheduler {
    private final SourceRepository sources;
    private final SourceWatcherRegistry watchers;
    private final ScanWorker scans;
    private final SourceResponseMonitor responses;
    private final LoopMonitor loops;
    private final ExecutorService executor;
    /** Sources to be scanned whose scan could not be queued yet. */
    private final Set<SourceId> due = ConcurrentHashMap.newKeySet();

    SourceScheduler(
            SourceRepository sources,
            SourceWatcherRegistry watchers,
            ScanWorker scans,
            SourceResponseMonitor responses,
            LoopMonitor loops,
            ExecutorService applicationExecutor) {
        this.sources = sources;
        this.watchers = watchers;
        this.scans = scans;
        this.responses = responses;
        this.loops = loops;
        this.executor = applicationExecutor;
    }

    /** Begins to carry out scans. Returns at once. */
    public void start() {
        executor.execute(new BackgroundTask(scans::run));
    }

    /** Watches and scans those of the sources that still exist and that no other node watches. */
    public void watchAndScan(List<Source> known) {
        known.forEach(source -> loops.attemptNow(
                "The watch of source " + source.id(),
                () -> sources.find(source.id()).filter(watchers::watch).ifPresent(watched -> due.add(watched.id()))));
        requestDue();
    }

    /** One source that cannot be scanned must not keep the others from it. */
    private void requestDue() {
        for (SourceId source : due) {
            loops.attemptNow("The request of a scan of source " + source, () -> {
                sources.find(source).ifPresent(found -> scans.request(SystemTask.SOURCE_SCAN, found, false, true));
                due.remove(source);
            });
        }
    }

    /** Watches and scans the sources that no living node watches. */
    public void adoptUnwatched() {
        watchers.adoptUnwatched().forEach(source -> due.add(source.id()));
        requestDue();
    }

    /** Records which sources do not respond, and scans those that do again. */
    public void checkResponses() {
        responses.update();
    }

    /** Removes the sources of a deleted collection, in the transaction that deletes it. */
    @EventListener
    void removeSources(CollectionDeletedEvent event) {
        sources.list(event.collection()).forEach(source -> {
            watchers.unwatch(source.id());
            sources.delete(source.id());
        });
    }

    /** Stops watching and scanning. A scan that was cut short is queued again by the next node that looks for orphans. */
    public void stop() {
        watchers.stop();
        scans.stop();
    }
}
