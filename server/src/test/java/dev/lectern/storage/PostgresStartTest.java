package dev.lectern.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.configuration.StartFailureReporter;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsServer
class PostgresStartTest {

    @Test
    void start_withItsAddress_usesItAndSaysSo() throws Exception {
        String url = PostgresServer.createDatabase();
        try (TestServer server = TestServer.start(List.of("lectern.database.url=" + url))) {
            assertThat(server.get("/api/v1/collections").body()).contains("\"default\"");
            assertThat(server.get("/health").body())
                    .contains("\"name\":\"database\",\"state\":\"UP\"")
                    .doesNotContain("postgres@");
            assertThat(server.get("/metrics").body())
                    .contains("hikaricp_connections_active{pool=\"database\"}", "hikaricp_connections_acquire_seconds");
            assertThat(server.folder().resolve("lectern.db")).doesNotExist();
        } finally {
            PostgresServer.dropDatabase(url);
        }
    }

    @Test
    void database_thatGoesAway_isAnswered503_andUsedAgainWhenItIsBack() throws Exception {
        String url = PostgresServer.createDatabase();
        try (TestServer server =
                TestServer.start(List.of("lectern.database.url=" + url, "lectern.database.connection-wait=1s"))) {
            assertThat(server.get("/api/v1/collections").statusCode()).isEqualTo(200);
            PostgresServer.allowConnections(url, false);
            HttpResponse<String> away = server.get("/api/v1/collections");
            assertThat(away.statusCode()).isEqualTo(503);
            assertThat(away.body()).contains("database_unavailable");
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);

            PostgresServer.allowConnections(url, true);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> server.get("/health/ready").statusCode() == 200);
            assertThat(server.get("/api/v1/collections").statusCode()).isEqualTo(200);
        } finally {
            PostgresServer.dropDatabase(url);
        }
    }

    @Test
    void secondNode_besideEmbeddedParts_isRefusedWithWhatToSet() throws Exception {
        String url = PostgresServer.createDatabase();
        List<String> settings = List.of("lectern.database.url=" + url, "lectern.database.node-lease=3s");
        try (TestServer first = TestServer.start(settings)) {
            assertThatThrownBy(() -> TestServer.start(settings).close())
                    .satisfies(e -> assertThat(StartFailureReporter.describe(e))
                            .startsWith("Another node uses this database, but this node stores the index")
                            .contains("LECTERN_QDRANT_URL", "LECTERN_ORIGINALS_FOLDER"));
            assertThat(first.get("/health/ready").statusCode()).isEqualTo(200);
        } finally {
            PostgresServer.dropDatabase(url);
        }
    }

    @Test
    void probe_saysWhatItFound_orWhatToDo() throws Exception {
        String url = PostgresServer.createDatabase();
        assertThat(DatabaseProbe.probe(Map.of("lectern.database.url", url)).orElseThrow())
                .startsWith("PostgreSQL ")
                .endsWith(" responds.");
        assertThat(DatabaseProbe.probe(Map.of("lectern.port", "8080"))).isEmpty();
        PostgresServer.dropDatabase(url);
        assertThatThrownBy(() -> DatabaseProbe.probe(Map.of("lectern.database.url", url)))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("CREATE DATABASE");
    }

    @Test
    void start_nobodyThere_saysWhatToCheck() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        refused("postgresql://anna:hunter@127.0.0.1:" + port + "/lectern", "127.0.0.1:" + port, "cannot be reached");
        refused("postgresql://anna:hunter@no-such-host.invalid/lectern", "no-such-host.invalid", "cannot be resolved");
    }

    @Test
    void start_wrongPassword_saysSo() throws Exception {
        try (FakePostgresServer server = FakePostgresServer.refusing("28P01", "password authentication failed")) {
            refused(server.url(), "rejects the user anna", "LECTERN_DATABASE_PASSWORD");
        }
    }

    @Test
    void start_noSuchDatabase_saysHowToMakeIt() throws Exception {
        String url = PostgresServer.createDatabase();
        PostgresServer.dropDatabase(url);
        refused(url, "There is no database lectern_test_", "CREATE DATABASE");
    }

    @Test
    void start_oldVersion_namesTheOldestThatWillDo() throws Exception {
        try (FakePostgresServer server = FakePostgresServer.ofVersion("13.4")) {
            refused(server.url(), "13.4", "14 or newer");
        }
    }

    @Test
    void start_otherEncoding_isRefused() throws Exception {
        String url = PostgresServer.createEmptyDatabase("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        try {
            refused(url, "LATIN1", "UTF8");
        } finally {
            PostgresServer.dropDatabase(url);
        }
    }

    @Test
    void start_full_saysWhatToLower() throws Exception {
        try (FakePostgresServer server = FakePostgresServer.refusing("53300", "sorry, too many clients already")) {
            refused(server.url(), "no free connection", "LECTERN_DATABASE_CONNECTIONS");
        }
    }

    @Test
    void start_silentServer_isGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            refused(
                    "postgresql://anna:hunter@127.0.0.1:" + silent.getLocalPort() + "/lectern?connect_timeout=1",
                    "cannot be reached");
        }
    }

    private static void refused(String url, String... texts) {
        assertThatThrownBy(() -> PostgresPool.open(PostgresServer.properties(url)))
                .isInstanceOfSatisfying(LecternException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
                    assertThat(e.getMessage()).contains(texts);
                    StringWriter all = new StringWriter();
                    e.printStackTrace(new PrintWriter(all));
                    assertThat(all.toString()).doesNotContain("hunter");
                });
    }
}
