package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(WINDOWS)
class OwnerOnlyFilesTest {
    @TempDir
    private Path root;

    @Test
    void dataFolder_new_isClosedToOthersWithAllThatIsWrittenLater() throws Exception {
        Path data = root.resolve("above").resolve("data");
        try (DataFolder folder = DataFolder.open(data);
                HikariDataSource pool = SqlitePool.open(SqlitePool.file(folder.root()))) {
            try (var connection = pool.getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE example (x TEXT)");
            }
            Files.writeString(folder.folder("index").resolve("segment"), "as Lucene writes it");
            assertThat(data.resolve("lectern.db-wal")).exists();
            assertClosed(data);
        }
    }

    @Test
    void dataFolder_ofAnEarlierVersion_isClosedAtTheStart() throws Exception {
        Path outside = Files.writeString(root.resolve("outside"), "not ours");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-r--r--"));
        Path data = Files.createDirectories(root.resolve("data"));
        Path originals = Files.createDirectories(data.resolve("originals").resolve("ab"));
        for (Path file :
                new Path[] {data.resolve("lectern.db"), data.resolve("lectern.db-wal"), originals.resolve("cd")}) {
            Files.setPosixFilePermissions(Files.createFile(file), PosixFilePermissions.fromString("rw-rw-r--"));
        }
        Files.createSymbolicLink(data.resolve("link"), outside);
        for (Path folder : new Path[] {originals, originals.getParent(), data}) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        DataFolder.open(data).close();
        assertClosed(data);
        assertThat(mode(originals.resolve("cd"))).isEqualTo("rw-------");
        assertThat(mode(outside)).isEqualTo("rw-r--r--");
    }

    @Test
    void shareLike_folderForAGroup_givesNewFilesToTheGroup() throws Exception {
        Path shared = Files.createDirectories(root.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-x---"));
        Path folder = OwnerOnlyFiles.createFolder(shared.resolve("ab"));
        Path file = Files.createTempFile(shared, "", "");
        OwnerOnlyFiles.shareLike(shared, folder);
        OwnerOnlyFiles.shareLike(shared, file);
        assertThat(mode(folder)).isEqualTo("rwxr-x---");
        assertThat(mode(file)).isEqualTo("rw-r-----");
    }

    private static void assertClosed(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(path -> !Files.isSymbolicLink(path)))
                    .allSatisfy(path -> assertThat(mode(path)).endsWith("------"));
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
