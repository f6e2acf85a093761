package dev.lectern.backup;

import dev.lectern.backup.jdbc.Gate;
import dev.lectern.backup.jdbc.References;
import dev.lectern.backup.spi.PassingTable;
import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.StateTable;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabasePlace;
import dev.lectern.storage.Whereabouts;
import dev.lectern.storage.Whereabouts.State;
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
    private final DatabasePlace from;
    private final DatabasePlace to;
    private final IdGenerator ids;

    MoveEnds(List<SnapshotSource> sources, DatabasePlace from, DatabasePlace to, IdGenerator ids) {
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
        List<String> migrations = from.migrations();
        refuseIf(migrations.isEmpty(), "There is no library in " + from + ".");
        to.bringUpToDate();
        refuseIf(
                !migrations.equals(to.migrations()),
                "The tables of the library are of another version of Lectern. Start this version on it once, then run the command again.");
        Whereabouts here = named();
        Optional<Whereabouts> there = read(to);
        boolean arriving = there.filter(other ->
                        other.state() == State.ARRIVING && other.library().equals(here.library()))
                .isPresent();
        return switch (here.state()) {
            case ARRIVING ->
                throw refused(from + " is itself being filled by a move. End that first, by the same command again.");
            case GONE -> {
                boolean complete = there.filter(other ->
                                other.state() == State.HERE && other.library().equals(here.library()))
                        .isPresent();
                refuseIf(!complete && !arriving, here.gone());
                yield complete ? Stage.COMPLETE : Stage.CLOSED;
            }
            case HERE -> {
                if (!arriving) {
                    takePossession(here, there);
                }
                yield Stage.OPEN;
            }
        };
    }

    /** The library gets its name when it is first moved. */
    private Whereabouts named() throws SQLException {
        Optional<Whereabouts> known = read(from);
        if (known.isPresent()) {
            return known.get();
        }
        Whereabouts named = Whereabouts.here(ids.next());
        inTransaction(from, named::write);
        return named;
    }

    /** Only of a database that is empty, or that this library has left before. */
    private void takePossession(Whereabouts here, Optional<Whereabouts> there) throws SQLException {
        boolean left = there.filter(
                        other -> other.state() == State.GONE && other.library().equals(here.library()))
                .isPresent();
        refuseIf(
                !left && (there.isPresent() || !isEmpty()),
                "There is something else in " + to + ". Name a database that is empty.");
        inTransaction(to, connection -> {
            Gate.open(connection, to.dialect(), tables);
            List<String> putOff = References.putOff(connection, to.dialect());
            new Whereabouts(here.library(), State.ARRIVING, "", putOff).write(connection);
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
        Whereabouts here = named();
        inTransaction(from, connection -> {
            Gate.close(connection, from.dialect(), tables, to.toString());
            new Whereabouts(here.library(), State.GONE, to + ": " + to.settings(), List.of()).write(connection);
        });
    }

    void finish() throws SQLException {
        Whereabouts there = read(to).orElseThrow();
        inTransaction(to, connection -> {
            References.restore(connection, to.dialect(), there.putOff());
            try (Statement statement = connection.createStatement()) {
                for (SnapshotSource source : sources) {
                    for (PassingTable table : source.passing()) {
                        statement.executeUpdate("DELETE FROM " + table.name());
                    }
                }
            }
            Whereabouts.here(there.library()).write(connection);
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

    static void comeBack(List<SnapshotSource> sources, DatabasePlace place) throws SQLException {
        place.requirePresent();
        Optional<Whereabouts> entry = place.migrations().isEmpty() ? Optional.empty() : read(place);
        refuseIf(
                entry.isEmpty() || entry.get().state() != State.GONE,
                "The library in " + place + " was not moved, so there is nothing to undo.");
        inTransaction(place, connection -> {
            Gate.open(connection, place.dialect(), tableNames(sources));
            Whereabouts.here(entry.get().library()).write(connection);
        });
    }

    private static Optional<Whereabouts> read(DatabasePlace place) throws SQLException {
        try (Connection connection = place.connect()) {
            return Whereabouts.read(connection);
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private static void inTransaction(DatabasePlace place, Work work) throws SQLException {
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
