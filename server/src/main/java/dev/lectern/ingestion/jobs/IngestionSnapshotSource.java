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

    /** What a node has that does not live where it is carried to is taken over there. */
    @Override
    public List<StateTable> tables() {
        return List.of(
                StateTable.of("source", "id"),
                StateTable.of("job", "id"),
                StateTable.of("task", "id"),
                StateTable.of("reembedding", "id"));
    }
}
