package dev.lectern.ingestion.jobs;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.backup.spi.TransientTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class IngestionBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "ingestion";
    }

    /** Nodes of the old server count as dead after a restore, so that the new nodes take over their work. */
    @Override
    public List<SnapshotTable> tables() {
        return List.of(
                SnapshotTable.of("source", "id"),
                SnapshotTable.of("source_finding", "source", "kind", "number"),
                SnapshotTable.of("source_finding_count", "source", "kind"),
                SnapshotTable.of("job", "id"),
                SnapshotTable.of("task", "id"),
                SnapshotTable.of("reembedding", "id"));
    }

    @Override
    public List<TransientTable> transientTables() {
        return List.of(new TransientTable("queue_pause", "nodes that wait for a service at the moment"));
    }
}
