package dev.lectern.ingestion;

import dev.lectern.shared.SourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One watch for each folder source. */
@Component
class FolderWatches {
    private static final Logger log = LoggerFactory.getLogger(FolderWatches.class);

    private final Jobs jobs;
    private final Scans scans;
    private final ExecutorService executor;
    private final IngestionProperties properties;
    private final Map<SourceId, FolderWatch> watches = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    FolderWatches(Jobs jobs, Scans scans, ExecutorService applicationExecutor, IngestionProperties properties) {
        this.jobs = jobs;
        this.scans = scans;
        this.executor = applicationExecutor;
        this.properties = properties;
    }

    void watch(Source source) {
        add(source);
        if (stopped) {
            forget(source.id());
        }
    }

    private void add(Source source) {
        watches.computeIfAbsent(source.id(), id -> {
            try {
                FolderWatch watch = new FolderWatch(
                        source.folder(),
                        () -> IgnoreRules.of(properties.ignore(), source.folder()),
                        properties.settle(),
                        properties.rescan(),
                        () -> rescan(id));
                executor.execute(watch::run);
                return watch;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void rescan(SourceId source) {
        try {
            jobs.source(source).ifPresent(found -> scans.request(found, false, true));
        } catch (RuntimeException e) {
            log.warn("A changed folder could not be put in the queue; the regular scan will find the change", e);
        }
    }

    void forget(SourceId source) {
        FolderWatch watch = watches.remove(source);
        if (watch != null) {
            close(watch);
        }
    }

    void stop() {
        stopped = true;
        watches.values().forEach(FolderWatches::close);
        watches.clear();
    }

    private static void close(FolderWatch watch) {
        try {
            watch.close();
        } catch (IOException e) {
            log.warn("A folder's watch could not be closed", e);
        }
    }
}
