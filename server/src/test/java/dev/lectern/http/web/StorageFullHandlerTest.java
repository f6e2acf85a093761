package dev.lectern.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.multipart.MultipartException;

/** What a full disk looks like by the time it reaches the handlers. */
class StorageFullHandlerTest {
    private final SQLException sqliteFull =
            new SQLException("[SQLITE_FULL] Insertion failed because database is full", null, 13);

    @Test
    void translate_sqliteFull_isStorageFullOfTheDatabase() {
        assertFull(new UncategorizedSQLException("insert", "INSERT …", sqliteFull), "the disk of the database");
    }

    @Test
    void translate_sqliteFullHiddenByAFailedRollback_isStorageFull() {
        TransactionSystemException rollback = new TransactionSystemException(
                "Could not roll back", new SQLException("cannot rollback - no transaction is active"));
        rollback.initApplicationException(new UncategorizedSQLException("insert", "INSERT …", sqliteFull));
        assertFull(rollback, "the disk of the database");
    }

    @Test
    void translate_postgresqlFull_isStorageFullAndNotUnavailable() {
        assertFull(
                new DataAccessResourceFailureException("insert", new SQLException("could not extend file", "53100")),
                "the disk of the database");
    }

    @Test
    void translate_noSpaceForAnUpload_isNotCalledMalformed() {
        assertFull(
                new MultipartException("Failed to parse", new IOException("No space left on device")),
                "the folder for temporary files");
    }

    @Test
    void translate_otherFailures_areLeftToOthers() {
        assertThat(StorageFullHandler.translate(
                        new MultipartException("Failed to parse", new IOException("early EOF"))))
                .isEmpty();
        assertThat(StorageFullHandler.translate(new LecternException(ErrorCode.STORAGE_FULL, "Says it already.")))
                .isEmpty();
    }

    private static void assertFull(Throwable failure, String disk) {
        Optional<LecternException> translated = StorageFullHandler.translate(failure);
        assertThat(translated).isPresent();
        assertThat(translated.get().code()).isEqualTo(ErrorCode.STORAGE_FULL);
        assertThat(translated.get()).hasMessageContaining(disk).hasMessageContaining("Free some space");
    }
}
