package dev.lectern.audit;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the audit log. Every method joins a transaction. */
@Repository
class AuditRepository {
    private final JdbcClient jdbc;
    private final Dialect dialect;

    AuditRepository(JdbcClient jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /**
     * The ends of the chain.
     *
     * @param sequence number of the last entry; 0 before the first one
     * @param hash of the last entry
     * @param anchorSequence number of the last entry that was removed after its retention; 0 while the chain is whole
     * @param anchorHash its hash
     */
    record Head(long sequence, String hash, long anchorSequence, String anchorHash) {}

    /**
     * Which entries are listed.
     *
     * @param action null for all
     * @param caller null for all
     * @param since null without a bound
     * @param until exclusive; null without a bound
     */
    record Filter(
            @Nullable String action,
            @Nullable String caller,
            @Nullable Instant since,
            @Nullable Instant until) {}

    Head findHead() {
        return head("");
    }

    /** The head, which no other transaction changes before this one ends: on PostgreSQL its row is locked, on SQLite the transaction itself is the only one. */
    Head lockHead() {
        return head(dialect.forUpdate());
    }

    private Head head(String lock) {
        return jdbc.sql("SELECT sequence, hash, anchor_sequence, anchor_hash FROM audit_head WHERE id = 1" + lock)
                .query((row, number) -> new Head(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4)))
                .optional()
                .orElseThrow(() -> LecternException.forOperator(
                        ErrorCode.INTERNAL,
                        "The end of the audit log is missing, so nothing can be recorded.",
                        "Restore the row of the table audit_head from a backup.",
                        null));
    }

    void insert(AuditRecord entry) {
        jdbc.sql("INSERT INTO audit_entry (sequence, at, caller, caller_name, address, request_id, action, subject_kind,"
                        + " subject_id, outcome, details, previous_hash, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(entry.sequence(), entry.at().toEpochMilli())
                .param(entry.caller())
                .param(entry.callerName())
                .param(entry.address())
                .param(entry.requestId())
                .param(entry.action())
                .param(entry.subjectKind())
                .param(entry.subjectId())
                .params(
                        entry.outcome(),
                        JsonMapper.shared().writeValueAsString(entry.details()),
                        entry.previousHash(),
                        entry.hash())
                .update();
    }

    /** Makes an entry the last one. */
    void moveHead(AuditRecord last) {
        jdbc.sql("UPDATE audit_head SET sequence = ?, hash = ? WHERE id = 1")
                .params(last.sequence(), last.hash())
                .update();
    }

    /** The entries after {@code sequence}, the oldest first. */
    List<AuditRecord> findAfter(long sequence, int limit) {
        return jdbc.sql("SELECT * FROM audit_entry WHERE sequence > ? ORDER BY sequence LIMIT ?")
                .params(sequence, limit)
                .query(AuditRepository::read)
                .list();
    }

    /** The number of the first entry behind the end of the chain: it was added without the program. Empty when there is none. */
    Optional<Long> findBehindHead() {
        return jdbc.sql("SELECT MIN(sequence) FROM audit_entry"
                        + " WHERE sequence > (SELECT sequence FROM audit_head WHERE id = 1)")
                .query((row, number) -> {
                    long found = row.getLong(1);
                    return row.wasNull() ? Optional.<Long>empty() : Optional.of(found);
                })
                .single();
    }

    /** The hash of an entry as it is stored. */
    Optional<String> findHash(long sequence) {
        return jdbc.sql("SELECT hash FROM audit_entry WHERE sequence = ?")
                .param(sequence)
                .query(String.class)
                .optional();
    }

    /**
     * A part of the log.
     *
     * @param after number of the last entry of the part before; null for the first part
     * @param newestFirst otherwise the oldest first
     */
    List<AuditRecord> find(Filter filter, @Nullable Long after, boolean newestFirst, int limit) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        add("sequence " + (newestFirst ? "<" : ">") + " ?", after, conditions, values);
        add("action = ?", filter.action(), conditions, values);
        add("caller = ?", filter.caller(), conditions, values);
        add("at >= ?", millis(filter.since()), conditions, values);
        add("at < ?", millis(filter.until()), conditions, values);
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return jdbc.sql("SELECT * FROM audit_entry" + where + " ORDER BY sequence" + (newestFirst ? " DESC" : "")
                        + " LIMIT ?")
                .params(values)
                .param(limit)
                .query(AuditRepository::read)
                .list();
    }

    private static void add(String condition, @Nullable Object value, List<String> conditions, List<Object> values) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : Long.valueOf(time.toEpochMilli());
    }

    /** Deletes the oldest entries up to {@code last}, with which the chain begins from then on. */
    void deleteUntil(Head head, AuditRecord last) {
        jdbc.sql("DELETE FROM audit_entry WHERE sequence > ? AND sequence <= ?")
                .params(head.anchorSequence(), last.sequence())
                .update();
        jdbc.sql("UPDATE audit_head SET anchor_sequence = ?, anchor_hash = ? WHERE id = 1")
                .params(last.sequence(), last.hash())
                .update();
    }

    private static AuditRecord read(ResultSet row, int number) throws SQLException {
        return new AuditRecord(
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("caller"),
                row.getString("caller_name"),
                row.getString("address"),
                row.getString("request_id"),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getString("subject_id"),
                row.getString("outcome"),
                readDetails(row.getString("details")),
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    /** Somebody may have changed them to anything; the hash of what is read then differs from the stored one. */
    private static Map<String, String> readDetails(String json) {
        Map<String, String> details = new HashMap<>();
        try {
            JsonNode read = JsonMapper.shared().readTree(json);
            if (!read.isObject() || read.valueStream().anyMatch(value -> !value.isString())) {
                return Map.of("unreadable", AuditTexts.clean(json));
            }
            read.properties().forEach(one -> details.put(one.getKey(), one.getValue().stringValue()));
        } catch (JacksonException notJson) {
            return Map.of("unreadable", AuditTexts.clean(json));
        }
        return details;
    }
}
