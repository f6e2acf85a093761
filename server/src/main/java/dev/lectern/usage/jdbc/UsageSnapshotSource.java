package dev.lectern.usage.jdbc;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class UsageSnapshotSource implements SnapshotSource {
    @Override
    public String name() {
        return "usage";
    }

    @Override
    public List<StateTable> tables() {
        return List.of(StateTable.of("usage_entries", "id"));
    }
}
