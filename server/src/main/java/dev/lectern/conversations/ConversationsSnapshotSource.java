package dev.lectern.conversations;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class ConversationsSnapshotSource implements SnapshotSource {
    @Override
    public String name() {
        return "conversations";
    }

    @Override
    public List<StateTable> tables() {
        return List.of(
                StateTable.of("conversation", "id"),
                StateTable.of("message", "id"),
                StateTable.of("feedback", "message_id"));
    }
}
