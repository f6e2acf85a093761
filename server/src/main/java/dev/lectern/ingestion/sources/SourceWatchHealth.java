package dev.lectern.ingestion.sources;

import dev.lectern.shared.Caller.SystemTask;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells operators which sources are not watched as they could be. */
@Component
public class SourceWatchHealth {
    private final SourceService sources;
    private final SourceConnectorRegistry connectors;

    SourceWatchHealth(SourceService sources, SourceConnectorRegistry connectors) {
        this.sources = sources;
        this.connectors = connectors;
    }

    /** What the operator should do so that changes are noticed at once; empty when there is nothing to do. */
    public Optional<String> describe() {
        List<Source> degraded = sources.list(SystemTask.MAINTENANCE).stream()
                .filter(source -> source.watch().degraded())
                .toList();
        if (degraded.isEmpty()) {
            return Optional.empty();
        }
        Source first = degraded.getFirst();
        int others = degraded.size() - 1;
        return Optional.of(connectors.find(first).describe(first)
                + (others == 0 ? " is" : " and " + others + (others == 1 ? " other source are" : " other sources are"))
                + " not watched for all changes, but scanned every "
                + first.watch().interval().toSeconds() + " s. "
                + first.watch().reason());
    }
}
