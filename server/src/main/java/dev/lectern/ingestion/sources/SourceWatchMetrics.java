package dev.lectern.ingestion.sources;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Exposes how many sources this node watches, by the way they are watched, and how many folders it has the system watch. */
@Component
class SourceWatchMetrics implements MeterBinder {
    private final SourceWatcherRegistry watchers;
    private final FolderWatchService folders;

    SourceWatchMetrics(SourceWatcherRegistry watchers, FolderWatchService folders) {
        this.watchers = watchers;
        this.folders = folders;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (WatchMode mode : WatchMode.values()) {
            Gauge.builder("lectern.watched.sources", watchers, current -> current.count(mode))
                    .description("Sources that this node watches")
                    .tag("mode", mode.text())
                    .register(registry);
        }
        Gauge.builder("lectern.watched.folders", folders, FolderWatchService::countFolders)
                .description("Folders whose changes the operating system reports to this node")
                .register(registry);
    }
}
