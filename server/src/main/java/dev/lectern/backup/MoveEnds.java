package dev.lectern.backup;

import dev.lectern.backup.jdbc.Gate;
import dev.lectern.backup.jdbc.References;
import dev.lectern.backup.spi.PassingTable;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseState.State;
import dev.lectern.storage.DatabaseState;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** What the two databases of a move say about themselves, and how that changes: each change is one transaction. */
final class MoveEnds {
    private final List<SnapshotSource> sources;
    private final List<String> tables;
    private final UnpooledDatabase from;
    private final UnpooledDatabase to;
    private final IdGenerator ids;

    MoveEnds(List<SnapshotSource> sources, UnpooledDatabase from, UnpooledDatabase to, IdGenerator ids) {
        this.sources = sources;
        this.tables = tableNames(sources);
        this.from = from;
        this.to = to;
        this.ids = ids;
    }

    /** How far an earlier run came. */
    enum Stage {
        /** The library is open, and the new database ready to be filled. */
        OPEN,
        /** The library is closed and may lack something in the new database. */
        CLOSED,
        COMPLETE
    }

    private static List<String> tableNames(List<SnapshotSource> sources) {
        return sources.stream()
                .flatMap(source -> source.tables().stream())
                .map(StateTable::name)
                .toList();
    }

    Stage begin() throws SQLException {
        from.requirePresent();
        refuseIf(from.toString().equals(to.toString()), "The library is in " + to + " already.");
        List<String> migrations = from.appliedMigrations();
        refuseIf(migrations.isEmpty(), "There is no library in " + from + ".");
        to.migrateSchema();
        refuseIf(
                !migrations.equals(to.appliedMigrations()),
                "The tables of the library are of another version of Lectern. Start this version on it once, then run the command again.");
        DatabaseState here = named();
        Optional<DatabaseState> there = read(to);
        boolean arriving = there.filter(other ->
                        other.state() == State.RECEIVING && other.library().equals(here.library()))
                .isPresent();
        return switch (here.state()) {
            case RECEIVING ->
                throw refused(from + " is itself being filled by a move. End that first, by the same command again.");
            case MOVED -> {
                boolean complete = there.filter(other ->
                                other.state() == State.ACTIVE && other.library().equals(here.library()))
                        .isPresent();
                refuseIf(!complete && !arriving, here.movedMessage());
                yield complete ? Stage.COMPLETE : Stage.CLOSED;
            }
            case ACTIVE -> {
                if (!arriving) {
                    takePossession(here, there);
                }
                yield Stage.OPEN;
            }
        };
    }

    /** The library gets its name when it is first moved. */
    private DatabaseState named() throws SQLException {
        Optional<DatabaseState> known = read(from);
        if (known.isPresent()) {
            return known.get();
        }
        DatabaseState named = DatabaseState.active(ids.next());
        inTransaction(from, named::store);
        return named;
    }

    /** Only of a database that is empty, or that this library has left before. */
    private void takePossession(DatabaseState here, Optional<DatabaseState> there) throws SQLException {
        boolean left = there.filter(
                        other -> other.state() == State.MOVED && other.library().equals(here.library()))
                .isPresent();
        refuseIf(
                !left && (there.isPresent() || !isEmpty()),
                "There is something else in " + to + ". Name a database that is empty.");
        inTransaction(to, connection -> {
            Gate.open(connection, to.dialect(), tables);
            List<String> putOff = References.putOff(connection, to.dialect());
            new DatabaseState(here.library(), State.RECEIVING, "", putOff).store(connection);
        });
    }

    private boolean isEmpty() throws SQLException {
        try (Connection connection = to.connect();
                Statement statement = connection.createStatement()) {
            for (SnapshotSource source : sources) {
                for (StateTable table : source.tables()) {
                    try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table.name())) {
                        if (!row.next() || row.getLong(1) > table.seeded()) {
                            return false;
                        }
                    }
                }
            }
            return true;
        }
    }

    void close() throws SQLException {
        DatabaseState here = named();
        inTransaction(from, connection -> {
            Gate.close(connection, from.dialect(), tables, to.toString());
            new DatabaseState(here.library(), State.MOVED, to + ": " + to.settingsHint(), List.of()).store(connection);
        });
    }

    void finish() throws SQLException {
        DatabaseState there = read(to).orElseThrow();
        inTransaction(to, connection -> {
            References.restore(connection, to.dialect(), there.deferredDdl());
            try (Statement statement = connection.createStatement()) {
                for (SnapshotSource source : sources) {
                    for (PassingTable table : source.passing()) {
                        statement.executeUpdate("DELETE FROM " + table.name());
                    }
                }
            }
            DatabaseState.active(there.library()).store(connection);
        });
    }

    /** After a failure, which is what counts: one of this is added to it. */
    void reopen(Exception failure) {
        try {
            comeBack(sources, from);
        } catch (SQLException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    static void comeBack(List<SnapshotSource> sources, UnpooledDatabase place) throws SQLException {
        place.requirePresent();
        Optional<DatabaseState> entry = place.appliedMigrations().isEmpty() ? Optional.empty() : read(place);
        refuseIf(
                entry.isEmpty() || entry.get().state() != State.MOVED,
                "The library in " + place + " was not moved, so there is nothing to undo.");
        inTransaction(place, connection -> {
            Gate.open(connection, place.dialect(), tableNames(sources));
            DatabaseState.active(entry.get().library()).store(connection);
        });
    }

    private static Optional<DatabaseState> read(UnpooledDatabase place) throws SQLException {
        try (Connection connection = place.connect()) {
            return DatabaseState.find(connection);
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private static void inTransaction(UnpooledDatabase place, Work work) throws SQLException {
        try (Connection connection = place.connect()) {
            connection.setAutoCommit(false);
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static void refuseIf(boolean condition, String sentence) {
        if (condition) {
            throw refused(sentence);
        }
    }

    private static LecternException refused(String sentence) {
        return new LecternException(ErrorCode.CONFLICT, sentence);
    }
}
