package dev.lectern.audit;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class AuditBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "audit";
    }

    @Override
    public List<SnapshotTable> tables() {
        return List.of(
                SnapshotTable.of("audit_entry", "sequence"),
                SnapshotTable.of("audit_head", "id").withSeededRows(1));
    }
}
