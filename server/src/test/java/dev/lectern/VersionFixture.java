package dev.lectern;

import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.PostgresServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier version of the program left behind: a copy of its data folder and, on PostgreSQL, of its database. The README.md of each version in
 * {@code fixtures} says what is in it.
 */
public final class VersionFixture implements AutoCloseable {
    private final String version;
    private final DatabaseEngine databaseEngine;
    private final Path folder;
    private final @Nullable String databaseUrl;

    private VersionFixture(String version, DatabaseEngine databaseEngine) throws IOException {
        this.version = version;
        this.databaseEngine = databaseEngine;
        this.folder = Files.createTempDirectory("lectern-test");
        unpack();
        this.databaseUrl = databaseEngine == DatabaseEngine.POSTGRESQL ? PostgresServer.restoreDatabase(dump()) : null;
    }

    /** Unpacks the fixture of a version, such as {@code 0.1.0}. */
    public static VersionFixture unpack(String version, DatabaseEngine databaseEngine) throws IOException {
        return new VersionFixture(version, databaseEngine);
    }

    /** The data folder, which the server that is started on it deletes. */
    public Path folder() {
        return folder;
    }

    /** What makes a server use the fixture's database, and {@code more}, as {@code key=value}. */
    public List<String> settings(String... more) {
        return Stream.concat(
                        databaseUrl == null ? Stream.of() : Stream.of("lectern.database.url=" + databaseUrl),
                        Stream.of(more))
                .toList();
    }

    /** The cookie of the visitor whose conversations are in the fixture, as it is sent. */
    public String cookie() throws IOException {
        Properties visitors = new Properties();
        visitors.load(new StringReader(new String(resource("visitors.properties"), StandardCharsets.UTF_8)));
        return "lectern_visitor=" + visitors.getProperty(name());
    }

    /** The bytes of a document that was handed in, by its path in {@code documents}. */
    public byte[] document(String path) throws IOException {
        return resource("documents/" + path);
    }

    /** Drops the database. */
    @Override
    public void close() {
        if (databaseUrl != null) {
            PostgresServer.dropDatabase(databaseUrl);
        }
    }

    private void unpack() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(open(name() + ".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    private String dump() throws IOException {
        try (InputStream dump = new GZIPInputStream(open(name() + ".sql.gz"))) {
            return new String(dump.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String name() {
        return databaseEngine.name().toLowerCase(Locale.ROOT);
    }

    private byte[] resource(String path) throws IOException {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        }
    }

    private InputStream open(String path) throws IOException {
        String name = "/fixtures/version-" + version + "/" + path;
        InputStream in = VersionFixture.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(name);
        }
        return in;
    }
}
