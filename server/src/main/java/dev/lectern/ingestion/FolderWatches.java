package dev.lectern.ingestion;

import dev.lectern.shared.SourceId;
import dev.lectern.storage.NodeRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One watch for each folder source. */
@Component
class FolderWatches {
    private static final Logger log = LoggerFactory.getLogger(FolderWatches.class);

    private final Jobs jobs;
    private final NodeRegistry nodeRegistry;
    private final Scans scans;
    private final ExecutorService executor;
    private final IngestionProperties properties;
    private final Map<SourceId, FolderWatch> watches = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    FolderWatches(
            Jobs jobs,
            NodeRegistry nodeRegistry,
            Scans scans,
            ExecutorService applicationExecutor,
            IngestionProperties properties) {
        this.jobs = jobs;
        this.nodeRegistry = nodeRegistry;
        this.scans = scans;
        this.executor = applicationExecutor;
        this.properties = properties;
    }

    /** Watches the folder, unless another living node does; says whether it does. */
    boolean watch(Source source) {
        if (!sees(source) || !jobs.watch(source.id())) {
            return false;
        }
        add(source);
        if (stopped) {
            forget(source.id());
        }
        return true;
    }

    /**
     * Ends the watches of sources that are gone, or that are another node's, and begins those that nobody keeps.
     *
     * @return the sources of the latter, to be scanned for what nobody saw
     */
    List<Source> keep() {
        List<Source> watchable = jobs.watchable().stream().filter(this::sees).toList();
        Set<SourceId> ours = watchable.stream().map(Source::id).collect(Collectors.toSet());
        watches.keySet().stream().filter(id -> !ours.contains(id)).toList().forEach(id -> {
            forget(id);
            jobs.unwatch(id);
        });
        return watchable.stream()
                .filter(source -> !watches.containsKey(source.id()))
                .filter(this::begin)
                .toList();
    }

    /** A folder that is away is waited for, unless another node may have it. */
    private boolean sees(Source source) {
        return Files.isDirectory(source.folder()) || nodeRegistry.countOthers() == 0;
    }

    private boolean begin(Source source) {
        try {
            return watch(source);
        } catch (RuntimeException e) {
            log.debug("The folder {} cannot be watched yet", source.folder(), e);
            jobs.unwatch(source.id());
            return false;
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

    /** What was watched is left to the other nodes, which see that this one has ended. */
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
