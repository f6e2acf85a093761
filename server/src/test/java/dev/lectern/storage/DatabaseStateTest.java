package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseState.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that this version and the one before V170 have stored. */
@OnEveryDatabase
class DatabaseStateTest {
    @TempDir
    Path folder;

    private final DatabaseEngine engine;
    private TestDatabase database;

    DatabaseStateTest(DatabaseEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        database = engine.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void state_stored_isFound() throws Exception {
        assertThat(find()).isEmpty();
        DatabaseState state = new DatabaseState("l", State.RECEIVING, "", List.of("ALTER 1", "ALTER 2"));
        store(state);
        assertThat(find()).contains(state);
        store(DatabaseState.active("l"));
        assertThat(find()).contains(DatabaseState.active("l"));
    }

    @Test
    void moved_byAnOlderVersion_isRefusedAndKeptAsItIs() throws Exception {
        downgrade("gone", "PostgreSQL at db", "");
        assertThat(find()).contains(new DatabaseState("l", State.MOVED, "PostgreSQL at db", List.of()));
        assertThatThrownBy(database::reopen)
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("This library was moved to PostgreSQL at db")
                .hasMessageContaining("lectern migrate --undo");
    }

    @Test
    void receiving_ofAnOlderVersion_isRefused() {
        downgrade("arriving", "", "ALTER 1");
        assertThatThrownBy(database::reopen)
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("lectern migrate");
    }

    @Test
    void moved_byAnOlderVersion_andActiveAgain_isMigratedWithItsState() throws Exception {
        downgrade("gone", "PostgreSQL at db", "");
        store(DatabaseState.active("l"));
        assertThat(database.jdbc()
                        .sql("SELECT state FROM whereabouts")
                        .query(String.class)
                        .single())
                .isEqualTo("here");
        for (String statement : migration().split(";", -1)) {
            if (!statement.isBlank()) {
                database.jdbc().sql(statement).update();
            }
        }
        assertThat(database.jdbc()
                        .sql("SELECT state FROM database_state")
                        .query(String.class)
                        .single())
                .isEqualTo("active");
        assertThat(find()).contains(DatabaseState.active("l"));
    }

    /** The table as it was before V170, with one row. */
    private void downgrade(String state, String place, String putOff) {
        database.jdbc().sql("DROP TABLE database_state").update();
        database.jdbc()
                .sql(
                        "CREATE TABLE whereabouts (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), library TEXT NOT NULL,"
                                + " state TEXT NOT NULL, place TEXT NOT NULL, put_off TEXT NOT NULL)")
                .update();
        database.jdbc()
                .sql("INSERT INTO whereabouts VALUES (1, 'l', ?, ?, ?)")
                .params(state, place, putOff)
                .update();
    }

    private static String migration() throws IOException {
        try (InputStream sql = DatabaseStateTest.class.getResourceAsStream("/db/migration/V170__database_state.sql")) {
            return new String(Objects.requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Optional<DatabaseState> find() throws SQLException {
        try (Connection connection = database.pool().getConnection()) {
            return DatabaseState.find(connection);
        }
    }

    private void store(DatabaseState state) throws SQLException {
        try (Connection connection = database.pool().getConnection()) {
            state.store(connection);
        }
    }
}
