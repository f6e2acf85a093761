package dev.lectern.answering.streams;

import dev.lectern.backup.spi.PassingTable;
import dev.lectern.backup.spi.SnapshotSource;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class AnsweringSnapshotSource implements SnapshotSource {
    @Override
    public String name() {
        return "answering";
    }

    @Override
    public List<PassingTable> passing() {
        return List.of(new PassingTable("answer_stream", "signals between nodes while an answer is being written"));
    }
}
