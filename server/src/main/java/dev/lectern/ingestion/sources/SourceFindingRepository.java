package dev.lectern.ingestion.sources;

import dev.lectern.http.Page;
import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.Dialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores what the last complete listing of each source found beside its documents: of each kind the first {@value #MAX_STORED} by path, and how many there
 * are. Every method joins a transaction.
 */
@Repository
class SourceFindingRepository {
    /** Findings of one kind of a source beyond these are counted only. */
    static final int MAX_STORED = 1_000;

    private static final Comparator<SourceFinding> BY_PATH =
            Comparator.comparing(SourceFinding::path).thenComparing(SourceFinding::reason);

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final Dialect dialect;

    SourceFindingRepository(JdbcClient jdbc, JdbcTemplate batches, TransactionTemplate transactions, Dialect dialect) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.dialect = dialect;
    }

    /**
     * Makes these the findings of a source. Writes only the kinds that differ from what is stored, and nothing for a source that was removed meanwhile.
     *
     * @param findings in any order
     * @param further how many there are of a kind beyond those in {@code findings}, for kinds that were only counted
     */
    void replace(SourceId source, List<SourceFinding> findings, Map<Kind, Long> further) {
        Map<Kind, List<SourceFinding>> byKind = new EnumMap<>(Kind.class);
        findings.forEach(one ->
                byKind.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one));
        transactions.executeWithoutResult(status -> {
            if (!lock(source)) {
                return;
            }
            Map<Kind, Long> counted = count(source);
            for (Kind kind : Kind.values()) {
                List<SourceFinding> found = byKind.getOrDefault(kind, List.of());
                long total = found.size() + further.getOrDefault(kind, 0L);
                long before = counted.getOrDefault(kind, 0L);
                // Most kinds have none, before and now.
                if (total > 0 || before > 0) {
                    replace(
                            source,
                            kind,
                            found.stream().sorted(BY_PATH).limit(MAX_STORED).toList());
                    if (total != before) {
                        replaceCount(source, kind, total);
                    }
                }
            }
        });
    }

    /** False when the source was removed. Otherwise its removal waits for the end of this transaction, and deletes what it writes. */
    private boolean lock(SourceId source) {
        return jdbc.sql("SELECT id FROM source WHERE id = ?" + dialect.forUpdate())
                .param(source.value())
                .query(String.class)
                .optional()
                .isPresent();
    }

    private void replace(SourceId source, Kind kind, List<SourceFinding> found) {
        if (find(source, kind).equals(found)) {
            return;
        }
        jdbc.sql("DELETE FROM source_finding WHERE source = ? AND kind = ?")
                .params(source.value(), kind.text())
                .update();
        List<Object[]> rows = new ArrayList<>(found.size());
        for (SourceFinding one : found) {
            rows.add(new Object[] {source.value(), kind.text(), rows.size(), one.path(), one.reason()});
        }
        if (!rows.isEmpty()) {
            batches.batchUpdate(
                    "INSERT INTO source_finding (source, kind, number, path, reason) VALUES (?, ?, ?, ?, ?)", rows);
        }
    }

    private List<SourceFinding> find(SourceId source, Kind kind) {
        return jdbc.sql("SELECT path, reason FROM source_finding WHERE source = ? AND kind = ? ORDER BY number")
                .params(source.value(), kind.text())
                .query((row, number) -> new SourceFinding(row.getString("path"), kind, row.getString("reason")))
                .list();
    }

    private void replaceCount(SourceId source, Kind kind, long total) {
        jdbc.sql("DELETE FROM source_finding_count WHERE source = ? AND kind = ?")
                .params(source.value(), kind.text())
                .update();
        if (total > 0) {
            jdbc.sql("INSERT INTO source_finding_count (source, kind, total) VALUES (?, ?, ?)")
                    .params(source.value(), kind.text(), total)
                    .update();
        }
    }

    /** How many findings a source has of each kind; without those of which it has none. */
    Map<Kind, Long> count(SourceId source) {
        Map<Kind, Long> totals = new EnumMap<>(Kind.class);
        jdbc.sql("SELECT kind, total FROM source_finding_count WHERE source = ?")
                .param(source.value())
                .query(row -> {
                    Kind kind = Kind.find(row.getString("kind")).orElse(null);
                    if (kind != null) {
                        totals.put(kind, row.getLong("total"));
                    }
                });
        return totals;
    }

    /**
     * A page of the stored findings, by kind and path.
     *
     * @param kind null for all
     * @param after {@link Page#next} of the page before; null for the first page
     * @throws LecternException INVALID_REQUEST when {@code after} is of no page
     */
    Page<SourceFinding> findPage(SourceId source, @Nullable Kind kind, @Nullable String after, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(source.value()));
        String sql = "SELECT kind, number, path, reason FROM source_finding WHERE source = ?";
        if (kind != null) {
            sql += " AND kind = ?";
            parameters.add(kind.text());
        }
        if (after != null) {
            Position position = Position.parse(after);
            sql += " AND (kind > ? OR (kind = ? AND number > ?))";
            parameters.addAll(List.of(position.kind(), position.kind(), position.number()));
        }
        parameters.add(limit + 1);
        List<Position> positions = new ArrayList<>();
        List<SourceFinding> found = new ArrayList<>();
        jdbc.sql(sql + " ORDER BY kind, number LIMIT ?").params(parameters).query(row -> {
            positions.add(new Position(row.getString("kind"), row.getInt("number")));
            // A later version that shares this database may know more kinds.
            Kind known = Kind.find(row.getString("kind")).orElse(null);
            if (known != null && positions.size() <= limit) {
                found.add(new SourceFinding(row.getString("path"), known, row.getString("reason")));
            }
        });
        return new Page<>(
                found, positions.size() > limit ? positions.get(limit - 1).text() : null);
    }

    /** Deletes the findings of a source, in the transaction that has deleted the source. */
    void delete(SourceId source) {
        jdbc.sql("DELETE FROM source_finding WHERE source = ?")
                .param(source.value())
                .update();
        jdbc.sql("DELETE FROM source_finding_count WHERE source = ?")
                .param(source.value())
                .update();
    }

    /** Where a page ends. */
    private record Position(String kind, int number) {
        private static final Pattern TEXT = Pattern.compile("([a-z_]{1,40}):([0-9]{1,9})");

        static Position parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw LecternException.invalid(
                        "cursor", "The cursor is invalid. Use `next` of the previous page, or omit the cursor.");
            }
            return new Position(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }

        String text() {
            return kind + ":" + number;
        }
    }
}
