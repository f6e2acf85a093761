package dev.lectern.backup;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.TransientTable;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The source of the storage module, which is below this one and cannot use its spi. Two tables describe the database itself, so no source contains them:
 * {@code database_state} and the history of Flyway.
 */
@Component
class StorageBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "storage";
    }

    @Override
    public List<TransientTable> transientTables() {
        return List.of(new TransientTable("node", "registers the nodes of this database"));
    }
}
