package dev.lectern.library.jdbc;

import dev.lectern.index.IndexOwner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The id that the library got with its tables. */
@Component
public class JdbcLibraryIdentity implements IndexOwner {
    private final JdbcClient jdbc;

    public JdbcLibraryIdentity(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String id() {
        return jdbc.sql("SELECT id FROM library_identity").query(String.class).single();
    }
}
