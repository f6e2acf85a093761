package dev.lectern.answering.streams;

import dev.lectern.shared.MessageId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Signals in the table {@code answer_stream}: one row for each answer that takes longer than a moment or has remote readers, deleted soon after the
 * answer is finished.
 */
final class JdbcRemoteReaders implements RemoteReaders {
    private static final Row NO_ROW = new Row(ReaderSignals.NONE, false);
    private static final int MAX_LISTED = 1_000;

    private final JdbcClient jdbc;

    JdbcRemoteReaders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public ReaderSignals exchangeSignals(MessageId answer, @Nullable String passages) {
        Row row = jdbc.sql("SELECT signs, stopped, passages FROM answer_stream WHERE message = ?")
                .param(answer.value())
                .query((set, number) ->
                        new Row(new ReaderSignals(set.getLong(1), set.getInt(2) == 1), set.getString(3) != null))
                .optional()
                .orElse(NO_ROW);
        if (passages != null && !row.hasPassages()) {
            jdbc.sql("INSERT INTO answer_stream (message, passages, signs, stopped) VALUES (?, ?, 0, 0)"
                            + " ON CONFLICT (message) DO UPDATE SET passages = excluded.passages")
                    .params(answer.value(), passages)
                    .update();
        }
        return row.signals();
    }

    private record Row(ReaderSignals signals, boolean hasPassages) {}

    @Override
    public void recordHeartbeat(MessageId answer) {
        jdbc.sql("INSERT INTO answer_stream (message, signs, stopped) VALUES (?, 1, 0)"
                        + " ON CONFLICT (message) DO UPDATE SET signs = answer_stream.signs + 1")
                .param(answer.value())
                .update();
    }

    @Override
    public void requestStop(MessageId answer) {
        jdbc.sql("INSERT INTO answer_stream (message, signs, stopped) VALUES (?, 1, 1)"
                        + " ON CONFLICT (message) DO UPDATE SET stopped = 1")
                .param(answer.value())
                .update();
    }

    @Override
    public Optional<String> findPassages(MessageId answer) {
        return jdbc.sql("SELECT passages FROM answer_stream WHERE message = ? AND passages IS NOT NULL")
                .param(answer.value())
                .query(String.class)
                .optional();
    }

    @Override
    public List<MessageId> listAnswers() {
        return jdbc.sql("SELECT message FROM answer_stream LIMIT " + MAX_LISTED)
                .query((row, number) -> new MessageId(row.getString(1)))
                .list();
    }

    @Override
    public void delete(Collection<MessageId> answers) {
        if (!answers.isEmpty()) {
            jdbc.sql("DELETE FROM answer_stream WHERE message IN (:answers)")
                    .param("answers", answers.stream().map(MessageId::value).toList())
                    .update();
        }
    }
}
