package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.SourceId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Records which sources do not answer, for {@code /health} and lists on every node, and has a source scanned when it answers again. */
@Component
class SourceResponseMonitor {
    private static final Logger log = LoggerFactory.getLogger(SourceResponseMonitor.class);

    private final SourceRepository sources;
    private final SourceConnectorRegistry connectors;
    private final ScanWorker scans;
    private final LoopMonitor loops;
    /** Sources that answer again and whose scan could not be queued yet. */
    private final Set<SourceId> due = ConcurrentHashMap.newKeySet();

    SourceResponseMonitor(
            SourceRepository sources, SourceConnectorRegistry connectors, ScanWorker scans, LoopMonitor loops) {
        this.sources = sources;
        this.connectors = connectors;
        this.scans = scans;
        this.loops = loops;
    }

    /** Looks at the sources that this node watches or could watch. */
    void update() {
        sources.listWatchable()
                .forEach(source -> loops.attemptNow(
                        "The check whether source " + source.id() + " responds", () -> update(source)));
    }

    private void update(Source source) {
        SourceConnector connector = connectors.find(source);
        Source.Silence now = connector.findSilence(source).orElse(null);
        if (now != null) {
            recordSilence(connector, source, now);
        } else if (source.silence() == null || connector.isAnswering(source)) {
            recordAnswer(connector, source);
        }
    }

    private void recordSilence(SourceConnector connector, Source source, Source.Silence now) {
        Source.Silence before = source.silence();
        if (before == null || !Objects.equals(before.path(), now.path())) {
            log.warn("Source {}: {}", source.id(), describe(connector, source, now));
            sources.recordSilence(source.id(), now);
        }
    }

    private void recordAnswer(SourceConnector connector, Source source) {
        if (source.silence() != null) {
            log.info("Source {}: {} answers again", source.id(), connector.describe(source));
            due.add(source.id());
            sources.recordSilence(source.id(), null);
        }
        if (connector.takeCompleted(source)) {
            due.add(source.id());
        }
        if (due.contains(source.id())) {
            scans.request(SystemTask.SOURCE_SCAN, source, false, true);
            due.remove(source.id());
        }
    }

    /** A sentence for operators about a source that does not answer; null when it does. */
    static @Nullable String describe(SourceConnector connector, Source source) {
        Source.Silence silence = source.silence();
        return silence == null
                ? null
                : describe(connector, source, silence)
                        + ". Check the disk or the network share that it is on. It is read once it answers again.";
    }

    private static String describe(SourceConnector connector, Source source, Source.Silence silence) {
        String path = silence.path();
        return connector.describe(source)
                + (path == null ? "" : " answers, but " + path + " in it")
                + " has not answered since " + silence.since().truncatedTo(ChronoUnit.SECONDS);
    }
}
