package dev.lectern.answering.streams;

import dev.lectern.shared.MessageId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The signals in the database, for the tests of other packages. */
public final class RemoteReadersFixture {
    private RemoteReadersFixture() {}

    /**
     * Sends, reads and deletes every signal of an answer.
     *
     * @return the answers that had signals
     */
    public static List<MessageId> exchangeAll(JdbcClient jdbc, MessageId answer) {
        RemoteReaders readers = new JdbcRemoteReaders(jdbc);
        readers.recordHeartbeat(answer);
        readers.exchangeSignals(answer, "[]");
        readers.requestStop(answer);
        readers.findPassages(answer);
        List<MessageId> listed = readers.listAnswers();
        readers.delete(listed);
        return listed;
    }
}
