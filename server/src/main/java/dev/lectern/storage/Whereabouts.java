package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a database stands in a move of its library to another one. A database without an entry was never moved.
 *
 * @param library names what is moved, the same wherever it is
 * @param place where it has gone, for people and without secrets; empty unless the state is GONE
 * @param putOff statements that bring the database back into its form when everything has arrived
 */
public record Whereabouts(String library, State state, String place, List<String> putOff) {
    /** What the database's refusal of a change begins with when it is closed. */
    public static final String MOVED = "This library was moved to ";

    public Whereabouts {
        putOff = List.copyOf(putOff);
    }

    public enum State {
        /** In use. */
        HERE,
        /** Being filled: nobody starts on it. */
        ARRIVING,
        /** Closed for changes: who has it open goes on reading, nobody starts on it. */
        GONE
    }

    /** Without what is about an earlier move. */
    public static Whereabouts here(String library) {
        return new Whereabouts(library, State.HERE, "", List.of());
    }

    /** The database must have its tables. */
    public static Optional<Whereabouts> read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT library, state, place, put_off FROM whereabouts")) {
            return row.next()
                    ? Optional.of(new Whereabouts(
                            row.getString(1),
                            State.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                            row.getString(3),
                            row.getString(4).lines().toList()))
                    : Optional.empty();
        }
    }

    /** Puts this in place of the entry that is there. */
    public void write(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO whereabouts (one, library, state, place, put_off) VALUES (1, ?, ?, ?, ?)"
                        + " ON CONFLICT (one) DO UPDATE SET library = excluded.library, state = excluded.state,"
                        + " place = excluded.place, put_off = excluded.put_off")) {
            statement.setString(1, library);
            statement.setString(2, state.name().toLowerCase(Locale.ROOT));
            statement.setString(3, place);
            statement.setString(4, String.join("\n", putOff));
            statement.executeUpdate();
        }
    }

    /**
     * For a start, before anything is changed.
     *
     * @throws LecternException {@code CONFLICT}, with what to do, when the database is not to be used
     */
    static void requireHere(Connection connection) throws SQLException {
        if (!exists(connection)) {
            return;
        }
        Optional<Whereabouts> entry = read(connection);
        if (entry.isPresent()) {
            String refusal = switch (entry.get().state()) {
                case HERE -> "";
                case ARRIVING ->
                    "This database is being filled by `lectern migrate`. Run that command again until it says that"
                            + " everything has arrived, or use another database.";
                case GONE -> entry.get().gone();
            };
            if (!refusal.isEmpty()) {
                throw new LecternException(ErrorCode.CONFLICT, refusal);
            }
        }
    }

    /** Whether a change was refused because the database is closed. */
    public static boolean isRefusal(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains(MOVED);
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (ResultSet tables = connection
                .getMetaData()
                .getTables(null, connection.getSchema(), "whereabouts", new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    /** What somebody is told who wants to use a database that the library has left. */
    public String gone() {
        return MOVED + place + ". To go on here instead, without what was changed there, run `lectern migrate --undo`.";
    }
}
