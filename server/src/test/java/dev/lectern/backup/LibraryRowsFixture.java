package dev.lectern.backup;

import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.storage.TestDatabase;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of all tables, with what is hard to carry: other scripts, the order of rare characters, nulls, bytes, and more rows than fit into a batch. */
final class LibraryRowsFixture {
    /** Their order by UTF-16 is not that by UTF-8, nor that of any language. */
    private static final String[] PREFIXES = {"a", "B", "ä", "中", "\uFF21", "\uD83D\uDE00", "_", "-"};

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    LibraryRowsFixture(TestDatabase database) {
        this.jdbc = database.batches();
        this.transactions = database.transactions();
    }

    void fill(int documents) {
        transactions.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO embedder VALUES ('e', 'model', 3, 'q: ', '', 'cls', 1, NULL, 0)");
            jdbc.update(
                    "UPDATE collection SET name = 'Renamed – 文書', embedder = 'e', generation = 41 WHERE id = 'default'");
            for (int i = 0; i < documents; i++) {
                add(id(i), "hash" + i);
            }
            jdbc.update(
                    "INSERT INTO source (id, collection, kind, path, created_at) VALUES ('s', 'default', 'folder', '/x', 1)");
            jdbc.update("INSERT INTO job (id, collection, status, scanned, confirmed, automatic, created_at, owner)"
                    + " VALUES ('j', 'default', 'running', 1, 0, 1, 5, 'node-of-before')");
            jdbc.update("INSERT INTO task (id, job, document, status, priority, attempts, not_before, bytes, passages)"
                    + " VALUES ('t', 'j', '" + id(0) + "', 'queued', 1, 0, 0, 9000000000, 0)");
            jdbc.update("INSERT INTO conversation VALUES ('c', 'anna', 'Été?', 'été?', '', 'm2', 1, 2)");
            jdbc.update(
                    "INSERT INTO message (id, conversation_id, role, status, created_at, content)"
                            + " VALUES ('m1', 'c', 'question', 'complete', 1, ?)",
                    "Wie 😀?\n\t\"'\\");
            jdbc.update("INSERT INTO message (id, conversation_id, parent_id, role, status, created_at, content, owner)"
                    + " VALUES ('m2', 'c', 'm1', 'answer', 'generating', 2, '', 'node-of-before')");
            jdbc.update("INSERT INTO feedback VALUES ('m1', 'up', NULL, 3)");
            jdbc.update("INSERT INTO signing_keys VALUES ('cookie', 'c2VjcmV0', 1)");
            jdbc.update("INSERT INTO idempotency_keys (caller, key, request_hash, owner, created_at, status)"
                    + " VALUES ('anna', 'k', 'h', 'n', 1, 201)");
            jdbc.update(
                    "INSERT INTO usage_entries (id, at, model, purpose, input_tokens, output_tokens, outcome, millis, cost_micros, caller,"
                            + " conversation, job, calls, texts, estimated) VALUES ('u', 1, 'm', 'answer', 3000000000, 2,"
                            + " 'done', 7, NULL, 'anna', 'c', 'j', 3, 4, 1)");
            jdbc.update(
                    "INSERT INTO audit_entry (sequence, at, caller, action, outcome, details, previous_hash, hash)"
                            + " VALUES (5, 1, 'operator:operator', 'collection.created', 'done', '{\"name\":\"Été\"}', 'p', 'h')");
            jdbc.update("UPDATE audit_head SET sequence = 5, hash = 'h', anchor_sequence = 4, anchor_hash = 'p'");
            jdbc.update("INSERT INTO runtime_setting VALUES ('LECTERN_TEST', NULL, 3, 1, 'operator:operator')");
            jdbc.update("UPDATE runtime_setting_revision SET revision = 3");
            jdbc.update("INSERT INTO cache_namespace VALUES (1, 'of-the-first')");
        });
    }

    static String id(int number) {
        return PREFIXES[number % PREFIXES.length] + number;
    }

    /** A document with its text, one passage and its embedding. */
    void add(String id, String hash) {
        jdbc.update(
                "INSERT INTO document (id, collection, title, uri, status, version, passages, plain, hash, bytes, created_at,"
                        + " updated_at, notices) VALUES (?, 'default', ?, 'file:///x', 'done', 1, 1, 0, ?, 12, 1, 2,"
                        + " 'SCANNED_PAGES 4 5 ')",
                id,
                "Title " + id,
                hash);
        jdbc.update(
                "INSERT INTO location (source, path, collection, document, uri, hash, bytes, modified_at) VALUES ('s', ?, 'default', ?, 'file:///x', ?, 12, 1)",
                id,
                id,
                hash);
        jdbc.update(
                "INSERT INTO document_text (document, body, headings, pages, blocks, lines) VALUES (?, ?, '', '', ?, ?)",
                id,
                "Text of " + id + " – ünï中😀\r\n",
                "PARAGRAPH 0 12 p1\nTABLE_ROW 1 3 mOCR c90",
                "0 12 1 1000 1000 8000 200");
        jdbc.update(
                "INSERT INTO passage VALUES (?, ?, 1, 0, 'en', '', NULL, 0, 4, 'Text', ?, 'Name | Price')",
                id + ".1.0",
                id,
                "k" + hash);
        jdbc.update("INSERT INTO embedding VALUES ('e', ?, ?) ON CONFLICT DO NOTHING", "k" + hash, bytes(hash));
    }

    private static byte[] bytes(String hash) {
        return new byte[] {0, -1, (byte) hash.hashCode(), 127, -128};
    }

    /** The same bytes come back as another document, and the place of the first shows the second. */
    void replace(String id, String by) {
        transactions.executeWithoutResult(status -> {
            String hash = jdbc.queryForObject("SELECT hash FROM document WHERE id = ?", String.class, id);
            jdbc.update("UPDATE document SET hash = 'going' WHERE id = ?", id);
            jdbc.update(
                    "INSERT INTO document (id, collection, title, uri, status, version, passages, plain, hash, bytes, created_at,"
                            + " updated_at) VALUES (?, 'default', 'New', 'file:///x', 'done', 1, 0, 0, ?, 12, 1, 2)",
                    by,
                    hash);
            jdbc.update("UPDATE location SET document = ? WHERE document = ?", by, id);
            jdbc.update("DELETE FROM passage WHERE document = ?", id);
            jdbc.update("DELETE FROM document_text WHERE document = ?", id);
            jdbc.update("DELETE FROM document WHERE id = ?", id);
        });
    }

    /** Everything that is to be carried along, for comparing: read in another way than the move does. */
    Map<String, List<String>> content() {
        Map<String, List<String>> content = new TreeMap<>();
        AllSnapshotSources.LIST.stream()
                .flatMap(source -> source.tables().stream())
                .map(SnapshotTable::name)
                .forEach(table -> {
                    List<String> rows = new ArrayList<>();
                    for (Map<String, Object> row : jdbc.queryForList("SELECT * FROM " + table)) {
                        Map<String, String> shown = new TreeMap<>();
                        row.forEach((column, value) -> shown.put(
                                column,
                                value instanceof byte[] bytes
                                        ? HexFormat.of().formatHex(bytes)
                                        : String.valueOf(value)));
                        rows.add(shown.toString());
                    }
                    rows.sort(null);
                    content.put(table, rows);
                });
        return content;
    }

    void change(String sql) {
        jdbc.update(sql);
    }

    long count(String table) {
        Long count = jdbc.queryForObject("SELECT COUNT(*) FROM " + table, Long.class);
        return count == null ? -1 : count;
    }
}
