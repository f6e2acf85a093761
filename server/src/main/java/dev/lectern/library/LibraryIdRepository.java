package dev.lectern.library;

import dev.lectern.index.IndexOwner;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Repository;

/** Reads the id that the library got with its tables and that marks its indexes. */
@Repository
public class LibraryIdRepository implements IndexOwner {
    private final JdbcClient jdbc;

    LibraryIdRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String id() {
        return jdbc.sql("SELECT id FROM library_identity").query(String.class).single();
    }

    /**
     * Reads the id from a database without starting the program. Changes nothing.
     *
     * @throws LecternException {@code DATABASE_UNAVAILABLE} when it cannot be read
     */
    public static String read(UnpooledDatabase place) {
        place.requirePresent();
        try (Connection connection = place.connect()) {
            return new LibraryIdRepository(JdbcClient.create(new SingleConnectionDataSource(connection, true))).id();
        } catch (SQLException | DataAccessException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The id of the library cannot be read from its database. Start this version of Lectern on the database once, then run the command again.",
                    e);
        }
    }
}
