package dev.lectern.ingestion.sources;

import dev.lectern.library.CollectionDeletedEvent;
import dev.lectern.observability.spi.BackgroundTask;
import dev.lectern.shared.Caller.SystemTask;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Scans the sources without a request: when the program starts, when one has changed, and when its watching node has died. */
@Component
public class SourceScheduler {
    private static final Logger log = LoggerFactory.getLogger(SourceScheduler.class);

    private final SourceRepository sources;
    private final SourceWatcherRegistry watchers;
    private final ScanWorker scans;
    private final ExecutorService executor;

    SourceScheduler(
            SourceRepository sources,
            SourceWatcherRegistry watchers,
            ScanWorker scans,
            ExecutorService applicationExecutor) {
        this.sources = sources;
        this.watchers = watchers;
        this.scans = scans;
        this.executor = applicationExecutor;
    }

    /** Begins to carry out scans. Returns at once. */
    public void start() {
        executor.execute(new BackgroundTask(scans::run));
    }

    /** Watches and scans those of the sources that still exist and that no other node watches. */
    public void watchAndScan(List<Source> known) {
        known.stream()
                .flatMap(source -> sources.find(source.id()).stream())
                .filter(this::watch)
                .forEach(source -> scans.request(SystemTask.SOURCE_SCAN, source, false, true));
    }

    private boolean watch(Source source) {
        try {
            return watchers.watch(source);
        } catch (RuntimeException e) {
            log.warn("Source {} cannot be watched", source.location(), e);
            return false;
        }
    }

    /** Watches and scans the sources that no living node watches. */
    public void adoptUnwatched() {
        watchers.adoptUnwatched().forEach(source -> scans.request(SystemTask.SOURCE_SCAN, source, false, true));
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
