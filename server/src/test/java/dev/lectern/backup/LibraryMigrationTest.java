package dev.lectern.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.NeedsServer;
import dev.lectern.backup.LibraryMigrationListener.Step;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import dev.lectern.storage.UnpooledDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** From each database to the other. */
@NeedsServer
@OnEveryDatabase
class LibraryMigrationTest {
    private static final int MANY = 2_300;
    private static final int SOME = 40;

    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private final DatabaseEngine other;
    private TestDatabase from;
    private TestDatabase to;
    private LibraryRowsFixture library;
    private LibraryRowsFixture moved;

    LibraryMigrationTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
        this.other = databaseEngine == DatabaseEngine.SQLITE ? DatabaseEngine.POSTGRESQL : DatabaseEngine.SQLITE;
    }

    @BeforeEach
    void open() throws Exception {
        from = databaseEngine.open(Files.createDirectories(folder.resolve("from")));
        to = other.open(Files.createDirectories(folder.resolve("to")));
        library = new LibraryRowsFixture(from);
        moved = new LibraryRowsFixture(to);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void move_manyRows_areAlikeAndVerified() {
        library.fill(MANY);
        String named = identity(from);
        assertThat(identity(to)).isNotEqualTo(named);
        Map<String, List<String>> before = library.content();

        LibraryMigrationResult.Moved result = (LibraryMigrationResult.Moved) move(LibraryMigrationTest::ignore);

        assertThat(moved.content()).isEqualTo(before);
        assertThat(library.content()).isEqualTo(before);
        assertThat(result.tables()).hasSameSizeAs(before.keySet()).allSatisfy(table -> {
            assertThat(table.rows())
                    .isEqualTo(before.getOrDefault(table.name(), List.of()).size());
            assertThat(table.sha256()).hasSize(64);
        });
        assertThat(moved.count("cache_namespace")).isZero();
        assertThat(identity(to)).isEqualTo(identity(from)).isEqualTo(named);
        assertReferencesHoldInTheNewOne();
    }

    /** The index elsewhere that is marked with it stays the library's own. */
    private static String identity(TestDatabase database) {
        return database.jdbc()
                .sql("SELECT id FROM library_identity")
                .query(String.class)
                .single();
    }

    @Test
    void changes_whileItIsCopied_areThereAfterwards() {
        library.fill(SOME);
        Once change = new Once();
        move((step, table) -> {
            // Documents were copied, texts were not.
            if (table.equals("document_text") && change.now()) {
                library.replace(LibraryRowsFixture.id(30), "0-comes-first");
                library.replace(LibraryRowsFixture.id(2), "\uD83D\uDE01-comes-last");
                library.add("added", "of-added");
                library.change("UPDATE conversation SET title = 'Changed'");
                library.change("DELETE FROM usage_entries");
            }
        });
        assertThat(change.done).isTrue();
        assertThat(moved.content()).isEqualTo(library.content());
        assertThat(moved.content().getOrDefault("document", List.of()).toString())
                .contains("0-comes-first", "-comes-last", "added")
                .doesNotContain(LibraryRowsFixture.id(30) + ",");
    }

    @Test
    void killedAtAnyMoment_goesOnAndComesToTheSame() {
        library.fill(SOME);
        Map<String, List<String>> before = library.content();
        LibraryMigrationResult result = new LibraryMigrationResult.MovedBefore();
        // Every second event from one database to the other, and the rest on the way back.
        int kills = databaseEngine == DatabaseEngine.SQLITE ? 0 : 1;
        for (boolean killed = true; killed; ) {
            int last = kills;
            int[] events = {0};
            try {
                result = move((step, table) -> {
                    if (events[0]++ == last) {
                        throw new Killed();
                    }
                });
                killed = false;
            } catch (Killed e) {
                kills += 2;
            }
        }
        assertThat(kills).isGreaterThan(SOME);
        assertThat(result).isInstanceOf(LibraryMigrationResult.Moved.class);
        assertThat(moved.content()).isEqualTo(before);
        assertReferencesHoldInTheNewOne();
        assertThat(move(LibraryMigrationTest::ignore)).isInstanceOf(LibraryMigrationResult.MovedBefore.class);
    }

    @Test
    void afterTheEnd_theOldOneCanBeReadOnly_andSaysWhy() {
        library.fill(SOME);
        move(LibraryMigrationTest::ignore);
        assertThat(library.content().getOrDefault("document", List.of())).hasSize(SOME);
        for (String change : List.of(
                "DELETE FROM usage_entries",
                "UPDATE conversation SET title = 'x'",
                "INSERT INTO original_outbox VALUES ('x')")) {
            assertThatThrownBy(() -> library.change(change))
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageContaining("This library was moved to ");
        }
        // A server that is still running shows that it lives.
        library.change("INSERT INTO node (id, started_at, alive_until) VALUES ('n', 1, 2)");
        moved.change("UPDATE conversation SET title = 'goes on'");
    }

    @Test
    void start_onWhatIsClosedOrNotWholeYet_isRefusedWithWhatToDo() {
        library.fill(SOME);
        assertThatThrownBy(() -> move(at(Step.VERIFYING, () -> {
                    throw new Killed();
                })))
                .isInstanceOf(Killed.class);
        assertRefused(from, "This library was moved to ", "lectern migrate --undo");
        assertRefused(to, "lectern migrate", "until it reports success");

        LibraryMigration.undo(place(from));
        from.reopen();
        library = new LibraryRowsFixture(from);
        library.change("DELETE FROM usage_entries");
        move(LibraryMigrationTest::ignore);
        Map<String, List<String>> content = library.content();
        assertRefused(from, databaseEngine == DatabaseEngine.SQLITE ? "LECTERN_DATABASE_URL" : "LECTERN_DATA");
        to.reopen();
        assertThat(new LibraryRowsFixture(to).content()).isEqualTo(content);
    }

    @Test
    void tamperedRow_isFound_andTheLibraryStaysOpenWhereItIs() {
        library.fill(SOME);
        assertThatThrownBy(() -> move(at(
                        Step.VERIFYING,
                        () -> moved.change("UPDATE embedding SET vector = 'tampered' WHERE hash = 'khash7'"))))
                .isInstanceOfSatisfying(
                        LecternException.class,
                        e -> assertThat(e.getMessage())
                                .contains("The table embedding differs", "stays where it is", "again"));
        library.change("UPDATE conversation SET title = 'still open'");
        move(LibraryMigrationTest::ignore);
        assertThat(moved.content()).isEqualTo(library.content());
    }

    @Test
    void missingRow_isFound() {
        library.fill(SOME);
        assertThatThrownBy(() -> move(at(Step.VERIFYING, () -> moved.change("DELETE FROM usage_entries"))))
                .hasMessageContaining("usage_entries")
                .hasMessageContaining("1 rows, 0 in");
    }

    @Test
    void moveBack_bringsWhatWasChangedThere() {
        library.fill(SOME);
        move(LibraryMigrationTest::ignore);
        moved.add("of-the-second", "h2");
        moved.change("DELETE FROM feedback");

        run(to, from, LibraryMigrationTest::ignore);

        assertThat(library.content()).isEqualTo(moved.content());
        assertThat(library.content().getOrDefault("document", List.of()).toString())
                .contains("of-the-second");
        library.change("UPDATE conversation SET title = 'home again'");
        assertThatThrownBy(() -> moved.change("UPDATE conversation SET title = 'x'"))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void target_thatHoldsSomethingElse_isRefused() {
        library.fill(SOME);
        moved.change("INSERT INTO signing_keys VALUES ('cookie', 'of another', 1)");
        assertConflict("The database in " + place(to) + " is not empty");
        assertThat(moved.count("document")).isZero();
    }

    @Test
    void target_thatBothWereUsedAfterAnUndo_isRefused() {
        library.fill(SOME);
        move(LibraryMigrationTest::ignore);
        LibraryMigration.undo(place(from));
        assertConflict("is not empty");
        assertThatThrownBy(() -> LibraryMigration.undo(place(from)))
                .hasMessageContaining("was not moved. Undo is possible only");
    }

    @Test
    void target_thatIsTheSource_isRefused() {
        assertThatThrownBy(() -> run(from, from, LibraryMigrationTest::ignore))
                .hasMessageContaining("The library is in");
    }

    @Test
    void source_ofAnotherVersion_isRefused() {
        library.change("DELETE FROM flyway_schema_history WHERE version = '110'");
        assertConflict("another version of Lectern");
    }

    @Test
    void target_thatAnotherVersionIsFilling_isRefused() {
        library.fill(SOME);
        assertThatThrownBy(() -> move(at(Step.COPYING, () -> {
                    throw new Killed();
                })))
                .isInstanceOf(Killed.class);
        moved.change("DELETE FROM flyway_schema_history WHERE version = '110'");
        assertConflict("by another version of Lectern has not finished");
    }

    @Test
    void undo_ofADatabaseThatAnOlderVersionMoved_opensIt() {
        library.fill(SOME);
        move(LibraryMigrationTest::ignore);
        library.change(
                "CREATE TABLE whereabouts (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), library TEXT NOT NULL,"
                        + " state TEXT NOT NULL, place TEXT NOT NULL, put_off TEXT NOT NULL)");
        library.change("INSERT INTO whereabouts SELECT one, library, 'gone', moved_to, '' FROM database_state");
        library.change("DROP TABLE database_state");
        LibraryMigration.undo(place(from));
        library.change("DELETE FROM usage_entries");
        assertThat(from.jdbc()
                        .sql("SELECT state FROM whereabouts")
                        .query(String.class)
                        .single())
                .isEqualTo("here");
    }

    @Test
    void moveBack_toADatabaseOfAnotherVersion_removesTheTriggersBeforeItsMigrations() {
        library.fill(SOME);
        move(LibraryMigrationTest::ignore);
        library.change("DELETE FROM flyway_schema_history WHERE version = '110'");
        assertThatThrownBy(() -> run(to, from, LibraryMigrationTest::ignore)).isInstanceOf(RuntimeException.class);
        library.change("UPDATE conversation SET title = 'triggers are gone'");
    }

    private void assertConflict(String text) {
        assertThatThrownBy(() -> move(LibraryMigrationTest::ignore))
                .isInstanceOfSatisfying(LecternException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                    assertThat(e.getMessage()).contains(text);
                });
        assertThat(library.count("document")).isNotNegative();
    }

    private void assertRefused(TestDatabase database, String... texts) {
        database.pool().close();
        assertThatThrownBy(database::reopen)
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.getMessage()).contains(texts));
    }

    private void assertReferencesHoldInTheNewOne() {
        assertThatThrownBy(() -> moved.change("DELETE FROM collection")).isInstanceOf(DataAccessException.class);
    }

    private LibraryMigrationResult move(BiConsumer<String, String> onEvent) {
        return run(from, to, onEvent);
    }

    private LibraryMigrationResult run(TestDatabase one, TestDatabase two, BiConsumer<String, String> onEvent) {
        return new LibraryMigration(
                        AllSnapshotSources.LIST,
                        place(one),
                        place(two),
                        new IdGenerator(InstantSource.system(), new SecureRandom()),
                        new LibraryMigrationListener() {
                            @Override
                            public void step(Step step) {
                                onEvent.accept(step.name(), "");
                            }

                            @Override
                            public void rows(String table, long rows, long all) {
                                onEvent.accept("", table);
                            }
                        })
                .run();
    }

    private UnpooledDatabase place(TestDatabase database) {
        Map<String, String> settings = new HashMap<>();
        for (String setting : database.settings()) {
            settings.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return UnpooledDatabase.configured(settings, folder.resolve(database == from ? "from" : "to"));
    }

    private static void ignore(String step, String table) {}

    private static BiConsumer<String, String> at(Step wanted, Runnable action) {
        return (step, table) -> {
            if (step.equals(wanted.name())) {
                action.run();
            }
        };
    }

    private static final class Once {
        private boolean done;

        boolean now() {
            boolean first = !done;
            done = true;
            return first;
        }
    }

    /** As a kill: nothing that follows is carried out. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }
}
