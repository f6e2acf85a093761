package dev.lectern.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/**
 * The services that several nodes share: PostgreSQL, Redis and Qdrant, each in a separate process on a free port, and a folder of originals. Qdrant is the
 * program at QDRANT_BINARY or the server at QDRANT_URL.
 */
final class SharedServices implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path work;
    private final EmbeddedPostgres postgres;
    private final RedisServer redis;
    private final int redisPort = FolderServer.freePort();
    private final int grpc = FolderServer.freePort();
    private final int rest = FolderServer.freePort();
    private final @Nullable Process qdrant;

    private SharedServices(Path work) throws IOException {
        this.work = work;
        String binary = System.getenv("QDRANT_BINARY");
        if (binary == null && System.getenv("QDRANT_URL") == null) {
            throw new IllegalStateException(
                    "Set QDRANT_BINARY to Qdrant's program, or QDRANT_URL to a server's gRPC address.");
        }
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "100")
                .setServerConfig("fsync", "off")
                .start();
        redis = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        qdrant = binary == null ? null : startQdrant(binary);
    }

    static SharedServices open(Path work) throws Exception {
        SharedServices stores = new SharedServices(work);
        stores.awaitQdrant();
        return stores;
    }

    private Process startQdrant(String binary) throws IOException {
        Path folder = Files.createDirectories(work.resolve("qdrant"));
        ProcessBuilder command = new ProcessBuilder(binary).directory(folder.toFile());
        command.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        command.environment()
                .putAll(Map.of(
                        "QDRANT__SERVICE__HOST", "127.0.0.1",
                        "QDRANT__SERVICE__GRPC_PORT", String.valueOf(grpc),
                        "QDRANT__SERVICE__HTTP_PORT", String.valueOf(rest),
                        "QDRANT__STORAGE__STORAGE_PATH",
                                folder.resolve("storage").toString(),
                        "QDRANT__STORAGE__SNAPSHOTS_PATH",
                                folder.resolve("snapshots").toString(),
                        "QDRANT__TELEMETRY_DISABLED", "true"));
        return command.start();
    }

    private void awaitQdrant() throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (qdrant != null) {
            try (HttpClient http = HttpClient.newHttpClient()) {
                http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest + "/readyz"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                if (!qdrant.isAlive() || System.nanoTime() > until) {
                    throw new IllegalStateException("Qdrant did not start; see " + work.resolve("qdrant/log"), notYet);
                }
                Thread.sleep(50);
            }
        }
    }

    /** What a node needs to know to use all of it. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("LECTERN_DATABASE_URL", "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres");
        environment.put("LECTERN_REDIS_URL", "redis://127.0.0.1:" + redisPort);
        environment.put(
                "LECTERN_QDRANT_URL", qdrant == null ? System.getenv("QDRANT_URL") : "http://127.0.0.1:" + grpc);
        environment.put(
                "LECTERN_INDEX_QDRANT_COLLECTION_PREFIX",
                "two-nodes-" + ProcessHandle.current().pid() + "-" + postgres.getPort());
        environment.put("LECTERN_ORIGINALS_FOLDER", work.resolve("originals").toString());
        // It is what they say that is looked at, not how soon: a machine that has more to do shall not be taken for a
        // mistake.
        environment.put("LECTERN_RETRIEVAL_SEARCH_TIMEOUT", "60s");
        environment.put("LECTERN_INDEX_QDRANT_SEARCH_TIMEOUT", "60s");
        environment.put("LECTERN_CACHING_REDIS_TIMEOUT", "2s");
        environment.put("LECTERN_CACHING_REDIS_CONNECT_TIMEOUT", "10s");
        return environment;
    }

    /** The first column of the first row. */
    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres");
    }

    @Override
    public void close() throws IOException {
        if (qdrant != null) {
            qdrant.destroy();
            qdrant.onExit().join();
        }
        redis.stop();
        postgres.close();
    }
}
