package dev.lectern.settings;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class RuntimeSettingsBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<SnapshotTable> tables() {
        return List.of(
                SnapshotTable.of("runtime_setting", "name"),
                SnapshotTable.of("runtime_setting_revision", "id").withSeededRows(1));
    }
}
