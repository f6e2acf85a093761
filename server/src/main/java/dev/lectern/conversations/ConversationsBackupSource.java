package dev.lectern.conversations;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class ConversationsBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "conversations";
    }

    @Override
    public List<SnapshotTable> tables() {
        return List.of(
                SnapshotTable.of("conversation", "id"),
                SnapshotTable.of("message", "id"),
                SnapshotTable.of("feedback", "message_id"),
                SnapshotTable.of("conversation_cleanup", "id").withSeededRows(1));
    }
}
