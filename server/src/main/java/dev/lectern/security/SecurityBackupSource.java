package dev.lectern.security;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class SecurityBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "security";
    }

    /** Includes the keys that sign cookies, so that visitors keep their conversations after a migration. */
    @Override
    public List<SnapshotTable> tables() {
        return List.of(SnapshotTable.of("signing_keys", "name"));
    }
}
