package dev.lectern.ingestion.jdbc;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class IngestionState implements SnapshotSource {
    @Override
    public String name() {
        return "ingestion";
    }

    /** What a node has that does not live where it is carried to is taken over there. */
    @Override
    public List<SnapshotTable> tables() {
        return List.of(
                SnapshotTable.of("source", "id"),
                SnapshotTable.of("job", "id"),
                SnapshotTable.of("task", "id"),
                SnapshotTable.of("reembedding", "id"));
    }
}
