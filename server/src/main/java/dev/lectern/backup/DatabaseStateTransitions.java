package dev.lectern.backup;

import dev.lectern.backup.jdbc.ForeignKeySuspender;
import dev.lectern.backup.jdbc.ReadOnlyTriggers;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.backup.spi.TransientTable;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseState;
import dev.lectern.storage.DatabaseState.State;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The states of the two databases of a migration, and the transitions between them. Each transition is one transaction, so a killed migration can be repeated.
 */
final class DatabaseStateTransitions {
    private final List<SnapshotSource> sources;
    private final List<SnapshotTable> tables;
    private final UnpooledDatabase from;
    private final UnpooledDatabase to;
    private final IdGenerator ids;

    DatabaseStateTransitions(
            List<SnapshotSource> sources, UnpooledDatabase from, UnpooledDatabase to, IdGenerator ids) {
        this.sources = sources;
        this.tables =
                sources.stream().flatMap(source -> source.tables().stream()).toList();
        this.from = from;
        this.to = to;
        this.ids = ids;
    }

    /** The progress of an earlier run. */
    enum Stage {
        /** The library accepts changes, and the new database is ready to receive it. */
        WRITABLE,
        /** The library is read-only, and the new database may be incomplete. */
        READ_ONLY,
        COMPLETE
    }

    /** Checks both databases, and prepares the new one at the first run. */
    Stage begin() throws SQLException {
        from.requirePresent();
        refuseIf(from.toString().equals(to.toString()), "The library is in " + to + " already.");
        List<String> migrations = from.appliedMigrations();
        refuseIf(migrations.isEmpty(), "There is no library in " + from + ".");
        migrateTarget(migrations);
        refuseIf(
                !migrations.equals(to.appliedMigrations()),
                "The schema of the library belongs to another version of Lectern. Start the server of this version on it once,"
                        + " then run the command again.");
        DatabaseState source = findOrCreate();
        Optional<DatabaseState> target = find(to);
        boolean isReceiving = isOf(source, target, State.RECEIVING);
        return switch (source.state()) {
            case RECEIVING ->
                throw refused("A migration to " + from + " has not finished. Run the same command again first.");
            case MOVED -> {
                boolean isComplete = isOf(source, target, State.ACTIVE);
                refuseIf(!isComplete && !isReceiving, source.movedMessage());
                yield isComplete ? Stage.COMPLETE : Stage.READ_ONLY;
            }
            case ACTIVE -> {
                if (!isReceiving) {
                    makeReceiving(source, target);
                }
                yield Stage.WRITABLE;
            }
        };
    }

    /**
     * Migrates the schema of the new database. One that is receiving must have the same schema already, since its deferred statements fit no other. The triggers
     * of one that the library was moved away from would reject schema migrations, so they are removed first.
     */
    private void migrateTarget(List<String> migrations) throws SQLException {
        if (to.exists() && !migrations.equals(to.appliedMigrations())) {
            Optional<DatabaseState> target = find(to);
            refuseIf(
                    target.filter(state -> state.state() == State.RECEIVING).isPresent(),
                    "A migration to " + to
                            + " by another version of Lectern has not finished. Finish it with that version, or"
                            + " name an empty database.");
            if (find(from).filter(source -> isOf(source, target, State.MOVED)).isPresent()) {
                inTransaction(to, connection -> ReadOnlyTriggers.remove(connection, to.dialect()));
            }
        }
        to.migrateSchema();
    }

    private static boolean isOf(DatabaseState source, Optional<DatabaseState> target, State state) {
        return target.filter(other -> other.state() == state && other.library().equals(source.library()))
                .isPresent();
    }

    /** The first migration of a library gives it an id. */
    private DatabaseState findOrCreate() throws SQLException {
        Optional<DatabaseState> stored = find(from);
        if (stored.isPresent()) {
            return stored.get();
        }
        DatabaseState created = DatabaseState.active(ids.next());
        inTransaction(from, created::store);
        return created;
    }

    /** Accepts only an empty database, or one that this library was moved away from. */
    private void makeReceiving(DatabaseState source, Optional<DatabaseState> target) throws SQLException {
        boolean isFormer = isOf(source, target, State.MOVED);
        refuseIf(
                !isFormer && (target.isPresent() || !isEmpty()),
                "The database in " + to + " is not empty. Name an empty database.");
        inTransaction(to, connection -> {
            ReadOnlyTriggers.remove(connection, to.dialect());
            List<String> deferredDdl = ForeignKeySuspender.dropAll(connection, to.dialect());
            new DatabaseState(source.library(), State.RECEIVING, "", deferredDdl).store(connection);
        });
    }

    private boolean isEmpty() throws SQLException {
        try (Connection connection = to.connect();
                Statement statement = connection.createStatement()) {
            for (SnapshotTable table : tables) {
                try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table.name())) {
                    if (!row.next() || row.getLong(1) > table.seededRows()) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** Makes the library read-only. */
    void markMoved() throws SQLException {
        DatabaseState source = findOrCreate();
        List<String> names = tables.stream().map(SnapshotTable::name).toList();
        inTransaction(from, connection -> {
            ReadOnlyTriggers.install(connection, from.dialect(), names, to.toString());
            new DatabaseState(source.library(), State.MOVED, to + ": " + to.settingsHint(), List.of())
                    .store(connection);
        });
    }

    /** Makes the new database usable. */
    void activate() throws SQLException {
        DatabaseState target = find(to).orElseThrow();
        inTransaction(to, connection -> {
            ForeignKeySuspender.restoreAll(connection, to.dialect(), target.deferredDdl());
            try (Statement statement = connection.createStatement()) {
                for (SnapshotSource source : sources) {
                    for (TransientTable table : source.transientTables()) {
                        statement.executeUpdate("DELETE FROM " + table.name());
                    }
                }
            }
            DatabaseState.active(target.library()).store(connection);
        });
    }

    /** Reopens the library after a failure. A further failure is added to that one as suppressed. */
    void reopenAfter(Exception failure) {
        try {
            reopen(from);
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Makes a moved database accept changes again, also one with the schema of an older version. */
    static void reopen(UnpooledDatabase database) throws SQLException {
        database.requirePresent();
        Optional<DatabaseState> stored = find(database);
        refuseIf(
                stored.isEmpty() || stored.get().state() != State.MOVED,
                "The library in " + database
                        + " was not moved. Undo is possible only for a database in the state MOVED.");
        inTransaction(database, connection -> {
            ReadOnlyTriggers.remove(connection, database.dialect());
            DatabaseState.active(stored.get().library()).store(connection);
        });
    }

    private static Optional<DatabaseState> find(UnpooledDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return DatabaseState.find(connection);
        }
    }

    private interface Transaction {
        void run(Connection connection) throws SQLException;
    }

    private static void inTransaction(UnpooledDatabase database, Transaction transaction) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            try {
                transaction.run(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void refuseIf(boolean condition, String message) {
        if (condition) {
            throw refused(message);
        }
    }

    private static LecternException refused(String message) {
        return new LecternException(ErrorCode.CONFLICT, message);
    }
}
