package dev.lectern.backup;

import dev.lectern.backup.spi.PassingTable;
import dev.lectern.backup.spi.SnapshotSource;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * For the module below, which cannot use the spi of this one. Two of its tables are about the database itself and stay as they are wherever they are:
 * {@code database_state} and Flyway's history.
 */
@Component
class StorageState implements SnapshotSource {
    @Override
    public String name() {
        return "storage";
    }

    @Override
    public List<PassingTable> passing() {
        return List.of(new PassingTable("node", "says which processes live on this database"));
    }
}
