package dev.lectern.caching;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.TransientTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class CachingBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "caching";
    }

    @Override
    public List<TransientTable> transientTables() {
        return List.of(new TransientTable(
                "cache_namespace", "two databases never share cached values, even when one is a copy of the other"));
    }
}
