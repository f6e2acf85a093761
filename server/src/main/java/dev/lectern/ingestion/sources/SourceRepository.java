package dev.lectern.ingestion.sources;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.SourceId;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.NodeRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Stores the sources and which node watches each. Every method joins a transaction. */
@Repository
class SourceRepository {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final NodeRegistry nodeRegistry;
    private final SourceFindingRepository findings;

    private final Dialect dialect;

    SourceRepository(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            IdGenerator ids,
            InstantSource clock,
            NodeRegistry nodeRegistry,
            SourceFindingRepository findings,
            Dialect dialect) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.nodeRegistry = nodeRegistry;
        this.findings = findings;
        this.dialect = dialect;
    }

    /**
     * Stores a source; the one that is there already keeps its id.
     *
     * @param inTransaction called with the id of a new one; its writes commit or roll back with the source
     */
    SourceId add(CollectionId collection, String kind, String location, Consumer<SourceId> inTransaction) {
        return transactions.execute(status -> {
            int added = jdbc.sql("INSERT INTO source (id, collection, kind, path, created_at) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING")
                    .params(ids.next(), collection.value(), kind, location, clock.millis())
                    .update();
            SourceId id = jdbc.sql("SELECT id FROM source WHERE collection = ? AND kind = ? AND path = ?")
                    .params(collection.value(), kind, location)
                    .query((row, number) -> new SourceId(row.getString(1)))
                    .single();
            if (added > 0) {
                inTransaction.accept(id);
            }
            return id;
        });
    }

    Optional<Source> find(SourceId source) {
        return jdbc.sql("SELECT * FROM source WHERE id = ?")
                .param(source.value())
                .query(SourceRepository::read)
                .optional();
    }

    /** @param collection null for those of all collections */
    List<Source> list(@Nullable CollectionId collection) {
        return jdbc.sql("SELECT * FROM source ORDER BY id").query(SourceRepository::read).list().stream()
                .filter(source -> collection == null || source.collection().equals(collection))
                .toList();
    }

    /** The source was scanned completely. */
    void recordScan(SourceId source) {
        jdbc.sql("UPDATE source SET reason_code = NULL, reason = NULL, scanned_at = ? WHERE id = ?")
                .params(clock.millis(), source.value())
                .update();
    }

    /**
     * The scan of a source failed.
     *
     * @param code why, for machines
     * @param reason a sentence that says what to do
     */
    void recordFailure(SourceId source, String code, String reason) {
        jdbc.sql("UPDATE source SET reason_code = ?, reason = ? WHERE id = ?")
                .params(code, reason, source.value())
                .update();
    }

    /** @param silence what of the source does not answer; null when all of it does */
    void recordSilence(SourceId source, Source.@Nullable Silence silence) {
        jdbc.sql("UPDATE source SET not_responding_since = ?, not_responding_path = ? WHERE id = ?")
                .param(silence == null ? null : silence.since().toEpochMilli())
                .param(silence == null ? null : silence.path())
                .param(source.value())
                .update();
    }

    /**
     * Keeps the source from being removed until the end of the present transaction. Whoever adds documents of the source calls it in the same transaction, after
     * what locks the collection: otherwise documents could be added that nothing removes any more.
     *
     * @throws LecternException GONE when the source was removed
     */
    void requireExisting(SourceId source) {
        boolean exists = jdbc.sql("SELECT id FROM source WHERE id = ?" + dialect.forUpdate())
                .param(source.value())
                .query(String.class)
                .optional()
                .isPresent();
        if (!exists) {
            throw new LecternException(
                    ErrorCode.GONE, "The source was removed while it was scanned. Add it again if that was a mistake.");
        }
    }

    /**
     * Carries out work that adds documents of the source, in one transaction.
     *
     * @throws LecternException GONE when the source was removed; nothing is added then
     */
    void addWhileExisting(SourceId source, Runnable work) {
        transactions.executeWithoutResult(status -> {
            work.run();
            requireExisting(source);
        });
    }

    /** Deletes a source with its findings; its documents are the caller's business. False when it is gone already. */
    boolean delete(SourceId source) {
        Boolean deleted = transactions.execute(status -> {
            int rows = jdbc.sql("DELETE FROM source WHERE id = ?")
                    .param(source.value())
                    .update();
            findings.delete(source);
            return rows > 0;
        });
        return Boolean.TRUE.equals(deleted);
    }

    /** Makes this node the watcher of the source. False while another living node is its watcher. */
    boolean claimWatch(SourceId source) {
        return jdbc.sql("UPDATE source SET watcher = ? WHERE id = ? AND (watcher = ? OR "
                                + nodeRegistry.orphanCondition("source.watcher") + ")")
                        .params(nodeRegistry.self(), source.value(), nodeRegistry.self())
                        .update()
                == 1;
    }

    /** Stores how this node watches the source. Does nothing when this node does not watch it any more. */
    void recordWatch(SourceId source, SourceWatchState state) {
        jdbc.sql("UPDATE source SET watch_mode = ?, watch_reason = ?, watch_interval = ?, watch_degraded = ?"
                        + " WHERE id = ? AND watcher = ?")
                .param(state.mode().text())
                .param(state.reason())
                .param(state.interval().toMillis())
                .param(state.degraded() ? 1 : 0)
                .param(source.value())
                .param(nodeRegistry.self())
                .update();
    }

    /** Ends this node's watch of the source. */
    void releaseWatch(SourceId source) {
        jdbc.sql("UPDATE source SET watcher = NULL, watch_mode = NULL, watch_degraded = 0 WHERE id = ? AND watcher = ?")
                .params(source.value(), nodeRegistry.self())
                .update();
    }

    /** Sources that this node watches, and those that no living node watches. */
    List<Source> listWatchable() {
        return jdbc.sql("SELECT * FROM source WHERE watcher = ? OR " + nodeRegistry.orphanCondition("source.watcher")
                        + " ORDER BY id")
                .param(nodeRegistry.self())
                .query(SourceRepository::read)
                .list();
    }

    private static Source read(ResultSet row, int number) throws SQLException {
        long scanned = row.getLong("scanned_at");
        Instant scannedAt = row.wasNull() ? null : Instant.ofEpochMilli(scanned);
        return new Source(
                new SourceId(row.getString("id")),
                new CollectionId(row.getString("collection")),
                row.getString("kind"),
                row.getString("path"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                scannedAt,
                row.getString("reason_code"),
                row.getString("reason"),
                readSilence(row),
                readWatch(row));
    }

    private static Source.@Nullable Silence readSilence(ResultSet row) throws SQLException {
        long since = row.getLong("not_responding_since");
        return row.wasNull()
                ? null
                : new Source.Silence(Instant.ofEpochMilli(since), row.getString("not_responding_path"));
    }

    private static SourceWatchState readWatch(ResultSet row) throws SQLException {
        String mode = row.getString("watch_mode");
        return mode == null
                ? SourceWatchState.UNWATCHED
                : new SourceWatchState(
                        WatchMode.of(mode),
                        Duration.ofMillis(row.getLong("watch_interval")),
                        row.getString("watch_reason"),
                        row.getInt("watch_degraded") == 1);
    }
}
