package dev.lectern.answering.streams;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.TransientTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class AnsweringState implements SnapshotSource {
    @Override
    public String name() {
        return "answering";
    }

    @Override
    public List<TransientTable> transientTables() {
        return List.of(new TransientTable("answer_stream", "says something only while an answer is being written"));
    }
}
