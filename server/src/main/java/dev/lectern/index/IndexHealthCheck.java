package dev.lectern.index;

import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

@Component
class IndexHealthCheck implements HealthCheck {
    private final PassageIndexRegistry indexes;
    private final ObjectProvider<IndexRebuildMonitor> rebuilds;

    IndexHealthCheck(PassageIndexRegistry indexes, ObjectProvider<IndexRebuildMonitor> rebuilds) {
        this.indexes = indexes;
        this.rebuilds = rebuilds;
    }

    @Override
    public String name() {
        return "index";
    }

    /** Without the index only searches and questions fail; everything else works. */
    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        try {
            boolean open = indexes.check();
            Optional<IndexRebuild> rebuild = rebuilds.stream()
                    .flatMap(monitor -> monitor.find().stream())
                    .findFirst();
            if (rebuild.isPresent()) {
                return rebuilding(rebuild.get());
            }
            return Health.up(
                    open
                            ? "The index is open and can be searched."
                            : "No index is open yet; it is opened on first use.");
        } catch (LecternException e) {
            if (e.code() == ErrorCode.STORAGE_FULL) {
                return Health.warning("The index can be searched, but not changed: its disk is full. Free some space.");
            }
            return Health.down(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title()));
        }
    }

    private static Health rebuilding(IndexRebuild rebuild) {
        return new Health(
                State.DOWN,
                "The index is being rebuilt from the library: " + rebuild.words()
                        + ". Searches and questions get 503 until it is complete; everything else works.",
                Map.of("indexed", rebuild.indexed(), "expected", rebuild.expected()));
    }
}
