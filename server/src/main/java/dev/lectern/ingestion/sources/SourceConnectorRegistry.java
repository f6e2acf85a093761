package dev.lectern.ingestion.sources;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds the connector for a source by its kind. */
@Component
class SourceConnectorRegistry {
    private final Map<String, SourceConnector> connectors;

    SourceConnectorRegistry(List<SourceConnector> connectors) {
        this.connectors = connectors.stream().collect(Collectors.toMap(SourceConnector::kind, Function.identity()));
    }

    /** @throws NullPointerException when no connector reads sources of this kind */
    SourceConnector find(Source source) {
        return Objects.requireNonNull(
                connectors.get(source.kind()), () -> "No connector reads sources of kind " + source.kind());
    }
}
