package dev.lectern.usage.jdbc;

import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.JobId;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.Money;
import dev.lectern.shared.Sha256;
import dev.lectern.usage.UsageEntry;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The rows of {@code usage_entries}. Each method writes all its rows in one transaction, or none. */
final class UsageRepository {
    private static final String INSERT = """
            INSERT INTO usage_entries
            (id, at, model, purpose, caller, conversation, job, calls, texts, input_tokens, output_tokens, estimated, outcome,
            millis, cost_micros, thinking_tokens, answering_model)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String INSERT_ONCE = INSERT + " ON CONFLICT DO NOTHING";

    private static final String ADD = INSERT + """
             ON CONFLICT (id) DO UPDATE SET
            calls = usage_entries.calls + excluded.calls,
            texts = usage_entries.texts + excluded.texts,
            input_tokens = usage_entries.input_tokens + excluded.input_tokens,
            output_tokens = usage_entries.output_tokens + excluded.output_tokens,
            thinking_tokens = usage_entries.thinking_tokens + excluded.thinking_tokens,
            estimated = CASE WHEN excluded.estimated = 1 THEN 1 ELSE usage_entries.estimated END,
            millis = usage_entries.millis + excluded.millis,
            cost_micros = usage_entries.cost_micros + excluded.cost_micros""";

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final IdGenerator ids;

    UsageRepository(JdbcTemplate jdbc, TransactionOperations transactions, IdGenerator ids) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.ids = ids;
    }

    /** An entry with its id, so that a repeated insert writes it only once. */
    record Row(String id, UsageEntry entry) {}

    List<Row> withIds(List<UsageEntry> entries) {
        return entries.stream().map(entry -> new Row(ids.next(), entry)).toList();
    }

    void insertAll(List<Row> rows) {
        batch(INSERT_ONCE, rows);
    }

    /** What the entries of one row of a job have in common. */
    record JobKey(String model, ModelCallContext context, UsageEntry.Outcome outcome) {
        static JobKey of(UsageEntry entry) {
            return new JobKey(entry.model(), entry.context(), entry.outcome());
        }

        /** The same on every node and after a restart, so that the row is continued. */
        String rowId() {
            Sha256 hash = new Sha256();
            for (Object part : List.of(
                    model,
                    context.purpose(),
                    outcome,
                    context.caller() == null ? "" : context.caller().text(),
                    context.job() == null ? "" : context.job().value())) {
                hash.update(part.toString()).update((byte) 0);
            }
            return "job-" + hash.hex().substring(0, 32);
        }
    }

    /** Adds each entry to the row of its job, which is inserted if there is none. */
    void addAll(Collection<UsageEntry> entries) {
        batch(
                ADD,
                entries.stream()
                        .map(entry -> new Row(JobKey.of(entry).rowId(), entry))
                        .toList());
    }

    private void batch(String sql, List<Row> rows) {
        transactions.executeWithoutResult(status -> jdbc.batchUpdate(sql, rows, rows.size(), (statement, row) -> {
            @Nullable Object[] columns = columns(row);
            for (int i = 0; i < columns.length; i++) {
                statement.setObject(i + 1, columns[i]);
            }
        }));
    }

    private static @Nullable Object[] columns(Row row) {
        UsageEntry entry = row.entry();
        Caller caller = entry.context().caller();
        ConversationId conversation = entry.context().conversation();
        JobId job = entry.context().job();
        Money cost = entry.cost();
        return new @Nullable Object[] {
            row.id(),
            entry.at().toEpochMilli(),
            entry.model(),
            entry.context().purpose().name().toLowerCase(Locale.ROOT),
            caller == null ? null : caller.text(),
            conversation == null ? null : conversation.value(),
            job == null ? null : job.value(),
            entry.calls(),
            entry.texts(),
            entry.inputTokens(),
            entry.outputTokens(),
            entry.estimated() ? 1 : 0,
            entry.outcome().name().toLowerCase(Locale.ROOT),
            entry.took().toMillis(),
            cost == null ? null : cost.micros(),
            entry.thinkingTokens(),
            entry.answeringModel()
        };
    }
}
