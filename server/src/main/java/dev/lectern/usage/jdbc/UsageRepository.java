package dev.lectern.usage.jdbc;

import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.Money;
import dev.lectern.usage.UsageEntry;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of {@code usage_entries}. */
final class UsageRepository {
    private static final String INSERT = """
            INSERT INTO usage_entries
            (id, at, model, purpose, input_tokens, output_tokens, outcome, millis, cost_micros, caller)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private final JdbcTemplate jdbc;
    private final IdGenerator ids;

    UsageRepository(JdbcTemplate jdbc, IdGenerator ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** An entry with its id, so that a repeated insert writes it only once. */
    record Row(String id, UsageEntry entry) {}

    List<Row> withIds(List<UsageEntry> entries) {
        return entries.stream().map(entry -> new Row(ids.next(), entry)).toList();
    }

    void insertAll(List<Row> rows) {
        jdbc.batchUpdate(INSERT, rows.stream().map(UsageRepository::columns).toList());
    }

    private static Object[] columns(Row row) {
        UsageEntry entry = row.entry();
        Money cost = entry.cost();
        return new Object[] {
            row.id(),
            entry.at().toEpochMilli(),
            entry.model(),
            entry.purpose().name().toLowerCase(Locale.ROOT),
            entry.inputTokens(),
            entry.outputTokens(),
            entry.outcome().name().toLowerCase(Locale.ROOT),
            entry.took().toMillis(),
            cost == null ? null : cost.micros(),
            entry.caller()
        };
    }
}
