package dev.lectern.usage.jdbc;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class UsageBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "usage";
    }

    @Override
    public List<SnapshotTable> tables() {
        return List.of(SnapshotTable.of("usage_entries", "id"));
    }
}
