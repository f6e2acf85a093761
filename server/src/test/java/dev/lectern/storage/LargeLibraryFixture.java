package dev.lectern.storage;

import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A library of 20,000 documents, so that PostgreSQL plans as it would in production. */
final class LargeLibraryFixture {
    /** What grows with documents, questions or time; all other tables stay small or are emptied again. */
    static final Set<String> GROWING = Set.of(
            "document",
            "location",
            "document_text",
            "document_metadata",
            "document_tag",
            "passage",
            "embedding",
            "task",
            "job",
            "conversation",
            "message",
            "feedback",
            "usage_entries",
            "audit_entry",
            "idempotency_keys");

    private static final List<String> FILL = List.of(
            "INSERT INTO collection (id, name, generation) SELECT 'c' || i, 'C', 0 FROM generate_series(1, 50) i",
            """
            INSERT INTO document (id, collection, title, uri, status, version, passages, plain, hash, bytes, present_hash,
                attempted_hash, pipeline, embedder, created_at, updated_at, announced)
            SELECT 'd' || i, 'c' || (1 + i % 50), 'Title ' || i, 'file:///' || i, CASE WHEN i % 1000 = 0 THEN 'failed' ELSE 'done' END,
                1, 3, 0, 'h' || i, 100, 'h' || i, 'h' || i, 'p', 'e', i, i, 1 FROM generate_series(1, 20000) i""",
            """
            INSERT INTO location (source, path, collection, document, uri, hash, bytes, modified_at)
            SELECT 's' || i % 50, 'path/' || i, 'c' || (1 + i % 50), 'd' || i, 'file:///' || i, 'h' || i, 100, i FROM generate_series(1, 20000) i""",
            """
            INSERT INTO document_text (document, body, headings, pages) SELECT 'd' || i, repeat('word ', 50), '', '' FROM generate_series(1, 20000) i""",
            """
            INSERT INTO document_metadata (document, key, ordinal, collection, value, folded, day)
            SELECT 'd' || i, k, 0, 'c' || (1 + i % 50), 'Value ' || i % 100, 'value ' || i % 100, i
              FROM generate_series(1, 20000) i, unnest(ARRAY['author', 'modified', 'subject']) k""",
            """
            INSERT INTO document_tag (document, folded, tag, collection)
            SELECT 'd' || i, 'tag' || i % 20, 'Tag' || i % 20, 'c' || (1 + i % 50) FROM generate_series(1, 20000) i""",
            """
            INSERT INTO passage (id, document, version, ordinal, language, headings, start_at, end_at, body, embedding)
            SELECT 'd' || i || '.1.' || o, 'd' || i, 1, o, 'en', '', 0, 10, repeat('word ', 20), 'k' || i || '/' || o
              FROM generate_series(1, 20000) i, generate_series(0, 2) o""",
            """
            INSERT INTO embedding (embedder, hash, vector) SELECT 'e', 'k' || i || '/' || o, '\\x00' FROM generate_series(1, 20000) i, generate_series(0, 2) o""",
            """
            INSERT INTO job (id, collection, status, scanned, confirmed, automatic, created_at)
            SELECT 'j' || i, 'c' || (1 + i % 50), 'done', 1, 0, 0, i FROM generate_series(1, 2000) i""",
            """
            INSERT INTO task (id, job, document, status, priority, attempts, not_before, bytes, passages)
            SELECT 't' || i, 'j' || (1 + i % 2000), 'd' || i, CASE WHEN i % 200 = 0 THEN 'queued' ELSE 'done' END, i % 2, 0, i, 100, 3
              FROM generate_series(1, 20000) i""",
            """
            INSERT INTO conversation (id, owner, title, folded_title, collections, created_at, updated_at)
            SELECT 'v' || i, 'o' || i % 1000, 'T', 't', '', i, i FROM generate_series(1, 10000) i""",
            """
            INSERT INTO message (id, conversation_id, parent_id, role, status, created_at, content)
            SELECT 'm' || i || '.' || o, 'v' || i, CASE WHEN o = 0 THEN NULL ELSE 'm' || i || '.' || (o - 1) END,
                CASE WHEN o % 2 = 0 THEN 'question' ELSE 'answer' END, 'complete', i, 'text'
              FROM generate_series(1, 10000) i, generate_series(0, 3) o""",
            "INSERT INTO feedback (message_id, rating, created_at) SELECT 'm' || i || '.1', 'up', i FROM generate_series(1, 5000) i",
            """
            INSERT INTO usage_entries (id, at, model, purpose, input_tokens, output_tokens, outcome, millis)
            SELECT 'u' || i, i, 'm', 'answer', 1, 1, 'done', 1 FROM generate_series(1, 20000) i""",
            """
            INSERT INTO audit_entry (sequence, at, caller, action, outcome, details, previous_hash, hash)
            SELECT 1000 + i, i, 'visitor:v' || i % 500, 'a' || i % 20, 'done', '{}', repeat('0', 64), repeat('0', 64)
              FROM generate_series(1, 20000) i""",
            """
            INSERT INTO idempotency_keys (caller, key, request_hash, owner, created_at, status)
            SELECT 'o' || i % 1000, 'k' || i, 'h', 'n', 4000000000000 + i, 201 FROM generate_series(1, 20000) i""");

    private LargeLibraryFixture() {}

    static void fill(JdbcClient jdbc) {
        FILL.forEach(sql -> jdbc.sql(sql).update());
        jdbc.sql("VACUUM ANALYZE").update();
    }
}
