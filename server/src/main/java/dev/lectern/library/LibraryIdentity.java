package dev.lectern.library;

import dev.lectern.library.jdbc.JdbcLibraryIdentity;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.UnpooledDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Which library a database holds, for commands beside running servers. */
public final class LibraryIdentity {
    private LibraryIdentity() {}

    /**
     * The id that its index is marked with. Changes nothing.
     *
     * @throws LecternException {@code DATABASE_UNAVAILABLE} where it cannot be read
     */
    public static String in(UnpooledDatabase place) {
        place.requirePresent();
        try (Connection connection = place.connect()) {
            return new JdbcLibraryIdentity(JdbcClient.create(new SingleConnectionDataSource(connection, true))).id();
        } catch (SQLException | DataAccessException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The id of the library cannot be read from its database. Start this version of Lectern on it once, then run the command again.",
                    e);
        }
    }
}
