package dev.lectern.library.jdbc;

import dev.lectern.shared.EmbedderFingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What several repositories say the same way. */
final class Sql {
    /** Parameters of one statement; both databases take thousands, but short statements are planned faster. */
    static final int CHUNK = 500;

    private Sql() {}

    /** {@code ?,?,?} */
    static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }

    static <T> List<List<T>> chunks(Collection<T> all, int size) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            chunks.add(list.subList(from, Math.min(list.size(), from + size)));
        }
        return chunks;
    }

    static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    /** Null when its index was dropped. */
    static @Nullable EmbedderFingerprint embedder(JdbcClient jdbc, String id) {
        return jdbc.sql("SELECT * FROM embedder WHERE id = ? AND dropped = 0")
                .param(id)
                .query(Sql::embedder)
                .optional()
                .orElse(null);
    }

    static EmbedderFingerprint embedder(ResultSet row, int number) throws SQLException {
        return new EmbedderFingerprint(
                row.getString("model"),
                row.getInt("dimensions"),
                row.getString("question_prefix"),
                row.getString("passage_prefix"),
                row.getString("pooling"),
                row.getInt("normalised") == 1);
    }

    /** The ids of those that there is an index of, but for one that is being dropped. */
    static List<String> embedders(JdbcClient jdbc) {
        return jdbc.sql("SELECT id FROM embedder WHERE dropped = 0")
                .query((row, number) -> row.getString(1))
                .list();
    }

    static void saveEmbedder(JdbcClient jdbc, EmbedderFingerprint embedder) {
        jdbc.sql("INSERT INTO embedder (id, model, dimensions, question_prefix, passage_prefix, pooling, normalised)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(
                        embedder.id(),
                        embedder.model(),
                        embedder.dimensions(),
                        embedder.questionPrefix(),
                        embedder.passagePrefix(),
                        embedder.pooling(),
                        embedder.normalised() ? 1 : 0)
                .update();
    }
}
