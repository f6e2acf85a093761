package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Makes the watchers of folder sources. */
@Component
class FolderWatcherFactory {
    /** File systems take the time of a change from a clock that is behind by up to one tick of the kernel. */
    private static final Duration TICK = Duration.ofMillis(10);

    private static final Duration CHECK = Duration.ofSeconds(5);

    private final FolderWatchService service;
    private final FolderAccess access;
    private final IgnoreRulesFactory rules;
    private final OwnDataFinder ownData;
    private final IngestionProperties properties;
    private final InstantSource clock;

    FolderWatcherFactory(
            FolderWatchService service,
            FolderAccess access,
            IgnoreRulesFactory rules,
            OwnDataFinder ownData,
            IngestionProperties properties,
            InstantSource clock) {
        this.service = service;
        this.access = access;
        this.rules = rules;
        this.ownData = ownData;
        this.properties = properties;
        this.clock = clock;
    }

    /** A watcher of the folder, which does not touch it before it is waited with. */
    SourceWatcher create(Path folder) {
        return new FolderWatcher(
                folder,
                service,
                access,
                ownData::findObjection,
                () -> new FolderWatchRules(rules.create(), ownData.find()),
                MountTable::read,
                new FolderWatcher.Settings(
                        properties.settle(),
                        properties.settleLimit(),
                        properties.poll(),
                        CHECK,
                        properties.maxWatchedFolders()),
                clock.instant().minus(TICK));
    }
}
