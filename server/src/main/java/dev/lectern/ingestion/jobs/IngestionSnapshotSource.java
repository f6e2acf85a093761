package dev.lectern.ingestion.jobs;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class IngestionSnapshotSource implements SnapshotSource {
    @Override
    public String name() {
        return "ingestion";
    }

    /** Nodes of the old server count as dead after a restore, so that the new nodes take over their work. */
    @Override
    public List<StateTable> tables() {
        return List.of(
                StateTable.of("source", "id"),
                StateTable.of("job", "id"),
                StateTable.of("task", "id"),
                StateTable.of("reembedding", "id"));
    }
}
