package dev.lectern.http.idempotency;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class HttpBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "http";
    }

    @Override
    public List<SnapshotTable> tables() {
        return List.of(SnapshotTable.of("idempotency_keys", "caller", "key"));
    }
}
