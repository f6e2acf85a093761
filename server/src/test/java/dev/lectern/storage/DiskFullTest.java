package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** A SQLite database that cannot grow, and disks whose free space the test decides. */
class DiskFullTest {
    @TempDir
    Path folder;

    @Test
    void sqliteIsFull_theFailureSaysSo_andWhatWasAcknowledgedStays() throws Exception {
        try (HikariDataSource pool = SqlitePool.open(folder.resolve("lectern.db"))) {
            JdbcClient jdbc = JdbcClient.create(pool);
            TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(pool));
            jdbc.sql("CREATE TABLE content (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
                    .update();
            limitPages(pool, true);
            List<Integer> acknowledged = new ArrayList<>();
            Throwable failure = null;
            for (int id = 0; failure == null && id < 10_000; id++) {
                int next = id;
                failure = catchThrowable(() -> transactions.executeWithoutResult(status -> insert(jdbc, next)));
                if (failure == null) {
                    acknowledged.add(id);
                }
            }
            assertThat(failure)
                    .satisfies(e -> assertThat(DatabaseFull.isCauseOf(e)).isTrue());
            assertThat(jdbc.sql("SELECT id FROM content ORDER BY id")
                            .query(Integer.class)
                            .list())
                    .isEqualTo(acknowledged);

            limitPages(pool, false);
            transactions.executeWithoutResult(status -> insert(jdbc, 20_000));
            assertThat(jdbc.sql("SELECT COUNT(*) FROM content")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(acknowledged.size() + 1);
        }
    }

    private static void insert(JdbcClient jdbc, int id) {
        jdbc.sql("INSERT INTO content (id, body) VALUES (?, ?)")
                .params(id, "x".repeat(50_000))
                .update();
    }

    /** The limit belongs to a connection, so every connection of the pool gets it. */
    private static void limitPages(HikariDataSource pool, boolean limited) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                Connection connection = pool.getConnection();
                all.add(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count = " + (limited ? 400 : 1_000_000));
                }
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "/data/x: Disk quota exceeded",
                "There is not enough space on the disk",
            })
    void isCauseOf_fileSystemIsFull_isRecognised(String message) {
        assertThat(DiskFull.isCauseOf(new IllegalStateException(new IOException(message))))
                .isTrue();
        assertThat(DiskFull.isCauseOf(new FileSystemException("/data/x", null, message)))
                .isTrue();
    }

    @Test
    void isCauseOf_postgresqlIsFull_isRecognised() {
        SQLException full = new SQLException("could not extend file: No space left on device", "53100");
        assertThat(DiskFull.isCauseOf(new DataAccessResourceFailureException("planted", full)))
                .isTrue();
    }

    @Test
    void isCauseOf_anythingElse_isNot() {
        assertThat(DiskFull.isCauseOf(new IOException("Permission denied"))).isFalse();
        assertThat(DiskFull.isCauseOf(new SQLException("sorry, too many clients already", "53300")))
                .isFalse();
        assertThat(DiskFull.isCauseOf(new LecternException(ErrorCode.INTERNAL, "No space left on device")))
                .isFalse();
    }

    @Test
    void requireRoom_withoutRoom_saysWhichDisk() {
        DiskSpaceFixture disks = new DiskSpaceFixture();
        DiskSpace disk = disks.open();
        disks.set(1_000, 1_000);
        disk.requireRoom();
        assertThat(disk.findFull()).isEmpty();
        disks.set(1_000, 49);
        assertThatThrownBy(disk::requireRoom)
                .hasMessageContaining("the folder for temporary files (/temporary)")
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FULL));
        disks.set(49, 1_000);
        assertThatThrownBy(disk::requireRoom).hasMessageContaining("the data folder (/data)");
        disks.set(50, 50);
        disk.requireRoom();
    }

    @Test
    void properties_pauseAboveWarning_isRefused() {
        assertThatThrownBy(() -> new DiskProperties(DataSize.ofMegabytes(10), DataSize.ofMegabytes(11)))
                .hasMessageContaining("LECTERN_STORAGE_PAUSE_BELOW")
                .hasMessageContaining("10MB");
    }
}
