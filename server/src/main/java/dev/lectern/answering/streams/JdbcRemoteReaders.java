package dev.lectern.answering.streams;

import dev.lectern.shared.MessageId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row for each answer that lasts longer than a moment or has readers elsewhere, gone soon after it is over. */
public final class JdbcRemoteReaders implements RemoteReaders {
    private static final Row NO_ROW = new Row(Wishes.NONE, false);

    private final JdbcClient jdbc;

    public JdbcRemoteReaders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Wishes exchange(MessageId answer, @Nullable String passages) {
        Row row = jdbc.sql("SELECT signs, stopped, passages FROM answer_stream WHERE message = ?")
                .param(answer.value())
                .query((set, number) ->
                        new Row(new Wishes(set.getLong(1), set.getInt(2) == 1), set.getString(3) != null))
                .optional()
                .orElse(NO_ROW);
        if (passages != null && !row.shown()) {
            jdbc.sql("INSERT INTO answer_stream (message, passages, signs, stopped) VALUES (?, ?, 0, 0)"
                            + " ON CONFLICT (message) DO UPDATE SET passages = excluded.passages")
                    .params(answer.value(), passages)
                    .update();
        }
        return row.wishes();
    }

    private record Row(Wishes wishes, boolean shown) {}

    @Override
    public void readerIsThere(MessageId answer) {
        jdbc.sql("INSERT INTO answer_stream (message, signs, stopped) VALUES (?, 1, 0)"
                        + " ON CONFLICT (message) DO UPDATE SET signs = answer_stream.signs + 1")
                .param(answer.value())
                .update();
    }

    @Override
    public void stop(MessageId answer) {
        jdbc.sql("INSERT INTO answer_stream (message, signs, stopped) VALUES (?, 1, 1)"
                        + " ON CONFLICT (message) DO UPDATE SET stopped = 1")
                .param(answer.value())
                .update();
    }

    @Override
    public Optional<String> passages(MessageId answer) {
        return jdbc.sql("SELECT passages FROM answer_stream WHERE message = ? AND passages IS NOT NULL")
                .param(answer.value())
                .query(String.class)
                .optional();
    }

    @Override
    public void forgetOver() {
        jdbc.sql("DELETE FROM answer_stream WHERE NOT EXISTS"
                        + " (SELECT 1 FROM message m WHERE m.id = answer_stream.message AND m.status = 'generating')")
                .update();
    }
}
