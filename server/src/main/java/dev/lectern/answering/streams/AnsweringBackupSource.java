package dev.lectern.answering.streams;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.TransientTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class AnsweringBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "answering";
    }

    @Override
    public List<TransientTable> transientTables() {
        return List.of(new TransientTable("answer_stream", "signals between nodes while an answer is being written"));
    }
}
