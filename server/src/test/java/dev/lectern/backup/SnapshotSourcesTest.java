package dev.lectern.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.backup.spi.TransientTable;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sources say, against the tables that there are. */
@OnEveryDatabase
class SnapshotSourcesTest {
    private static final Set<String> ABOUT_THE_DATABASE = Set.of("database_state", "flyway_schema_history");

    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private final List<SnapshotSource> sources = AllSnapshotSources.LIST;
    private TestDatabase database;

    SnapshotSourcesTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void open() {
        database = databaseEngine.open(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyTable_belongsToOneSource() throws Exception {
        assertThat(ownersOtherThanOne()).isEmpty();
        assertThat(sources)
                .extracting(SnapshotSource::name)
                .doesNotHaveDuplicates()
                .contains("library", "usage");
    }

    @Test
    void aForgottenTable_isCaught() throws Exception {
        database.jdbc().sql("CREATE TABLE forgotten (id TEXT PRIMARY KEY)").update();
        assertThat(ownersOtherThanOne()).containsExactly(Map.entry("forgotten", List.of()));
    }

    @Test
    void everyKey_isThePrimaryKey() throws Exception {
        try (Connection connection = database.pool().getConnection()) {
            for (SnapshotTable table : tables()) {
                Set<String> key = new TreeSet<>();
                try (ResultSet columns =
                        connection.getMetaData().getPrimaryKeys(null, connection.getSchema(), table.name())) {
                    while (columns.next()) {
                        key.add(columns.getString("COLUMN_NAME"));
                    }
                }
                assertThat(key).as(table.name()).containsExactlyInAnyOrderElementsOf(table.key());
            }
        }
    }

    @Test
    void everyTable_comesAfterThoseItRefersTo() throws Exception {
        List<String> order = tables().stream().map(SnapshotTable::name).toList();
        int references = 0;
        try (Connection connection = database.pool().getConnection()) {
            for (String table : order) {
                try (ResultSet keys = connection.getMetaData().getImportedKeys(null, connection.getSchema(), table)) {
                    while (keys.next()) {
                        references++;
                        assertThat(order.indexOf(keys.getString("PKTABLE_NAME")))
                                .as(table)
                                .isBetween(0, order.indexOf(table) - 1);
                    }
                }
            }
        }
        assertThat(references).isGreaterThan(5);
    }

    @Test
    void everySeed_isWhatANewDatabaseHas() {
        for (SnapshotTable table : tables()) {
            assertThat(database.jdbc()
                            .sql("SELECT COUNT(*) FROM " + table.name())
                            .query(Integer.class)
                            .single())
                    .as(table.name())
                    .isEqualTo(table.seededRows());
        }
    }

    private List<SnapshotTable> tables() {
        return sources.stream().flatMap(source -> source.tables().stream()).toList();
    }

    private Map<String, List<String>> ownersOtherThanOne() throws SQLException {
        Map<String, List<String>> owners = new TreeMap<>();
        try (Connection connection = database.pool().getConnection();
                ResultSet tables =
                        connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                owners.put(tables.getString("TABLE_NAME"), new ArrayList<>());
            }
        }
        owners.keySet().removeAll(ABOUT_THE_DATABASE);
        for (SnapshotSource source : sources) {
            Stream.concat(
                            source.tables().stream().map(SnapshotTable::name),
                            source.transientTables().stream().map(TransientTable::name))
                    .forEach(table -> owners.computeIfAbsent(table, none -> new ArrayList<>(List.of("no such table")))
                            .add(source.name()));
        }
        owners.values().removeIf(names -> names.size() == 1);
        return owners;
    }
}
