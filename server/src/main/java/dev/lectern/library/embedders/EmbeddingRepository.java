package dev.lectern.library.embedders;

import dev.lectern.library.jdbc.LineCodec;
import dev.lectern.library.jdbc.SqlParameters;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The stored embeddings of passages, by embedder and a hash of the embedded text. Thread-safe. */
@Repository
public class EmbeddingRepository {
    private static final String MISSING =
            "NOT EXISTS (SELECT 1 FROM embedding e WHERE e.embedder = ? AND e.hash = p.embedding)";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;

    public EmbeddingRepository(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
    }

    /**
     * How many texts have an embedding.
     *
     * @param texts number of different texts in the library
     * @param missing those of them without an embedding, 0 to {@code texts}
     */
    public record EmbeddingCoverage(long texts, long missing) {}

    /**
     * A text to be embedded.
     *
     * @param key of the embedding
     * @param headings from the top heading to the nearest, may be empty
     * @param tableHeader what its rows need of their table, as {@link dev.lectern.text.TableContext#toStored}; null for a text without rows
     */
    public record StoredText(
            String key,
            String title,
            List<String> headings,
            @Nullable String tableHeader,
            String text) {
        public StoredText {
            headings = List.copyOf(headings);
        }
    }

    /** The key of a text: SHA-256 in hexadecimal. */
    public String key(String text) {
        return Sha256.hex(text);
    }

    /** The keys without a stored embedding. */
    public Set<String> findMissing(EmbedderFingerprint embedder, Collection<String> keys) {
        Set<String> missing = new HashSet<>(keys);
        for (List<String> some : SqlParameters.split(missing)) {
            jdbc.sql("SELECT hash FROM embedding WHERE embedder = ? AND hash IN ("
                            + SqlParameters.placeholders(some.size()) + ")")
                    .param(embedder.id())
                    .params(some)
                    .query(String.class)
                    .list()
                    .forEach(missing::remove);
        }
        return missing;
    }

    /** Stores embeddings by their keys; durable when it returns. Existing ones stay. */
    public void save(EmbedderFingerprint embedder, Map<String, float[]> embeddings) {
        String id = embedder.id();
        List<Object[]> rows = new ArrayList<>(embeddings.size());
        // The order of the keys prevents deadlocks between nodes that store the same texts.
        new TreeMap<>(embeddings).forEach((key, vector) -> rows.add(new Object[] {id, key, encode(vector)}));
        transactions.executeWithoutResult(status -> batches.batchUpdate(
                "INSERT INTO embedding (embedder, hash, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows));
    }

    /** The stored embeddings of {@code keys}, by key; keys without one are left out. */
    public Map<String, float[]> load(EmbedderFingerprint embedder, Collection<String> keys) {
        Map<String, float[]> loaded = HashMap.newHashMap(keys.size());
        for (List<String> some : SqlParameters.split(new HashSet<>(keys))) {
            jdbc.sql("SELECT hash, vector FROM embedding WHERE embedder = ? AND hash IN ("
                            + SqlParameters.placeholders(some.size()) + ")")
                    .param(embedder.id())
                    .params(some)
                    .query(row -> {
                        loaded.put(row.getString("hash"), decode(row.getBytes("vector")));
                    });
        }
        return loaded;
    }

    /** Counts the different texts of all passages and those without an embedding. */
    public EmbeddingCoverage measure(EmbedderFingerprint embedder) {
        long texts = jdbc.sql("SELECT COUNT(DISTINCT embedding) FROM passage")
                .query(Long.class)
                .single();
        long missing = jdbc.sql("SELECT COUNT(DISTINCT p.embedding) FROM passage p WHERE " + MISSING)
                .param(embedder.id())
                .query(Long.class)
                .single();
        return new EmbeddingCoverage(texts, missing);
    }

    /**
     * Texts without an embedding, in the order of their keys.
     *
     * @param after the last key of the page before; empty for the first
     * @param limit 1 to 10,000
     */
    public List<StoredText> findTextsWithout(EmbedderFingerprint embedder, String after, int limit) {
        return jdbc.sql("SELECT p.embedding, d.title, p.headings, p.table_header, p.body FROM passage p"
                        + " JOIN document d ON d.id = p.document WHERE p.embedding > ? AND " + MISSING
                        + " ORDER BY p.embedding LIMIT ?")
                .params(after, embedder.id(), limit)
                .query((row, number) -> new StoredText(
                        row.getString("embedding"),
                        row.getString("title"),
                        LineCodec.decodeTexts(row.getString("headings")),
                        row.getString("table_header"),
                        row.getString("body")))
                .list();
    }

    /** Deletes embeddings that no passage uses. */
    public void deleteUnused() {
        jdbc.sql(
                        "DELETE FROM embedding WHERE NOT EXISTS (SELECT 1 FROM passage WHERE passage.embedding = embedding.hash)")
                .update();
    }

    /**
     * Deletes some embeddings of an embedder.
     *
     * @param limit maximum number, so that the transaction stays short
     * @return the number of deleted embeddings
     */
    public int delete(EmbedderFingerprint embedder, int limit) {
        return jdbc.sql("DELETE FROM embedding WHERE embedder = ? AND hash IN"
                        + " (SELECT hash FROM embedding WHERE embedder = ? ORDER BY hash LIMIT ?)")
                .params(embedder.id(), embedder.id(), limit)
                .update();
    }

    private static byte[] encode(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    private static float[] decode(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
