package dev.lectern.library.jdbc;

import dev.lectern.library.PassageEmbeddings;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcEmbeddings implements PassageEmbeddings {
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;

    JdbcEmbeddings(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
    }

    @Override
    public String key(String text) {
        return Sha256.hex(text);
    }

    @Override
    public Set<String> missing(EmbedderFingerprint embedder, Collection<String> keys) {
        Set<String> missing = new HashSet<>(keys);
        for (List<String> some : Sql.chunks(missing, Sql.CHUNK)) {
            jdbc.sql("SELECT hash FROM embedding WHERE embedder = ? AND hash IN (" + Sql.marks(some.size()) + ")")
                    .param(embedder.id())
                    .params(some)
                    .query(String.class)
                    .list()
                    .forEach(missing::remove);
        }
        return missing;
    }

    @Override
    public void save(EmbedderFingerprint embedder, Map<String, float[]> embeddings) {
        String id = embedder.id();
        List<Object[]> rows = new ArrayList<>(embeddings.size());
        // In order, so that two nodes with the same texts do not wait for each other.
        new TreeMap<>(embeddings).forEach((key, vector) -> rows.add(new Object[] {id, key, bytes(vector)}));
        transactions.executeWithoutResult(status -> batches.batchUpdate(
                "INSERT INTO embedding (embedder, hash, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows));
    }

    @Override
    public Map<String, float[]> load(EmbedderFingerprint embedder, Collection<String> keys) {
        Map<String, float[]> loaded = HashMap.newHashMap(keys.size());
        for (List<String> some : Sql.chunks(new HashSet<>(keys), Sql.CHUNK)) {
            jdbc.sql("SELECT hash, vector FROM embedding WHERE embedder = ? AND hash IN (" + Sql.marks(some.size())
                            + ")")
                    .param(embedder.id())
                    .params(some)
                    .query(row -> {
                        loaded.put(row.getString("hash"), floats(row.getBytes("vector")));
                    });
        }
        return loaded;
    }

    /** Drops those that no passage uses. */
    void collect() {
        jdbc.sql(
                        "DELETE FROM embedding WHERE NOT EXISTS (SELECT 1 FROM passage WHERE passage.embedding = embedding.hash)")
                .update();
    }

    static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    static float[] floats(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
