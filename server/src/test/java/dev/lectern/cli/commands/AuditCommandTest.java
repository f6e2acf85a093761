package dev.lectern.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.cli.client.ServerAddressFile;
import dev.lectern.security.OperatorKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log and the run-time settings of a running server, over HTTP and by commands. */
@NeedsServer
@ResourceLock(Resources.SYSTEM_OUT)
class AuditCommandTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LIMIT = "/api/v1/settings/LECTERN_RATE_LIMIT_REQUESTS";
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path folder;

    private static TestServer server;
    private static String key;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.rate-limit.health=77"));
        ServerAddressFile.write(server.folder(), server.address("/"));
        key = OperatorKey.read(server.folder());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    /** Not from the machine itself, where everybody is an administrator. */
    private static HttpRequest.Builder fromElsewhere(String path) {
        return server.request(path).header("X-Forwarded-For", "192.0.2.1");
    }

    private static HttpRequest.Builder as(String bearer, String path) {
        return server.request(path)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", "application/json");
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> response = server.send(as(key, path));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static String create(String name) throws Exception {
        HttpResponse<String> created =
                server.send(as(key, "/api/v1/collections").POST(TestServer.body("{\"name\":\"" + name + "\"}")));
        return JSON.readTree(created.body()).path("id").asString("");
    }

    @Test
    void log_isListed_exported_andVerified() throws Exception {
        String first = create("First");
        String second = create("Second");
        server.send(as(key, "/api/v1/collections/" + first).DELETE());
        assertThat(server.send(as("wrong", "/api/v1/collections")).statusCode()).isEqualTo(401);
        await().atMost(SOON)
                .until(() -> !get("/api/v1/audit?action=operator_key.rejected")
                        .path("items")
                        .isEmpty());
        JsonNode rejected = get("/api/v1/audit?action=operator_key.rejected").at("/items/0");
        assertThat(rejected.path("outcome").asString("")).isEqualTo("refused");
        assertThat(rejected.path("address").asString("")).isEqualTo("127.0.0.1");
        assertThat(rejected.path("requestId").asString("")).isNotEmpty();
        assertThat(rejected.has("caller")).isFalse();

        JsonNode deleted = get("/api/v1/audit?action=collection.deleted&caller=operator:operator")
                .at("/items/0");
        assertThat(deleted.path("subjectId").asString("")).isEqualTo(first);
        assertThat(deleted.at("/details/name").asString("")).isEqualTo("First");
        assertThat(deleted.path("callerName").asString("")).isEqualTo("operator");
        String at = deleted.path("at").asString("");
        assertThat(get("/api/v1/audit?action=collection.deleted&since=" + at).path("items"))
                .hasSize(1);
        assertThat(get("/api/v1/audit?action=collection.deleted&until=" + at).path("items"))
                .isEmpty();

        List<String> paged = new ArrayList<>();
        for (String next = "start"; !next.isEmpty(); ) {
            JsonNode page = get("/api/v1/audit?order=oldest&limit=1" + (next.equals("start") ? "" : "&cursor=" + next));
            page.path("items").forEach(entry -> paged.add(entry.path("hash").asString("")));
            next = page.path("next").asString("");
        }
        JsonNode newest = get("/api/v1/audit?limit=1000");
        assertThat(newest.path("items")
                        .valueStream()
                        .map(entry -> entry.path("hash").asString("")))
                .containsExactlyElementsOf(paged.reversed());
        for (String invalid : List.of(
                "action=moon.landed",
                "since=yesterday",
                "order=random",
                "limit=0",
                "limit=1001",
                "cursor=x",
                "caller=",
                "since=",
                "until=+1000000000-01-01T00:00:00Z")) {
            assertThat(server.send(as(key, "/api/v1/audit?" + invalid)).statusCode())
                    .as(invalid)
                    .isEqualTo(400);
        }
        for (String invalid : List.of("sequence=", "sequence=1", "sequence=0&hash=" + paged.getFirst(), "hash=x")) {
            assertThat(server.send(as(key, "/api/v1/audit/verification?" + invalid))
                            .statusCode())
                    .as(invalid)
                    .isEqualTo(400);
        }
        assertThat(server.send(fromElsewhere("/api/v1/audit")).statusCode()).isEqualTo(403);
        assertThat(server.send(fromElsewhere("/api/v1/audit/verification")).statusCode())
                .isEqualTo(403);

        Path file = folder.resolve("audit.jsonl");
        assertThat(CommandOutput.of("audit export " + file, server.folder()).exitCode())
                .isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.stream().map(line -> JSON.readTree(line).path("hash").asString("")))
                .containsExactlyElementsOf(paged);
        CommandOutput some = CommandOutput.of("audit export", server.folder(), "--action", "collection.created");
        assertThat(some.out().lines())
                .anyMatch(line -> line.contains(second))
                .noneMatch(line -> line.contains("collection.deleted"));
        verify(JSON.readTree(lines.getLast()));
    }

    private static void verify(JsonNode last) throws Exception {
        String head =
                last.path("sequence").asString("") + ":" + last.path("hash").asString("");
        CommandOutput whole = CommandOutput.of("audit verify", server.folder(), "--head", head);
        assertThat(whole.exitCode()).as(whole.errors()).isZero();
        assertThat(whole.out()).contains("The audit log is whole.", " entries checked, from number 1.");
        assertThat(CommandOutput.of("audit verify", server.folder(), "--head", "1:x")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(get("/api/v1/audit/verification").path("intact").asBoolean(false))
                .isTrue();

        JdbcClient jdbc = server.bean(JdbcClient.class);
        jdbc.sql("UPDATE audit_entry SET caller_name = 'nobody' WHERE sequence = 2")
                .update();
        CommandOutput damaged = CommandOutput.of("audit verify", server.folder());
        assertThat(damaged.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(damaged.out()).contains("Entry 2 is damaged: Its fields do not have the hash");
        jdbc.sql("UPDATE audit_entry SET caller_name = 'operator' WHERE sequence = 2")
                .update();
        assertThat(CommandOutput.of("audit verify", server.folder(), "--json").exitCode())
                .isZero();
        String wrong = last.path("sequence").asString("") + ":" + "0".repeat(64);
        assertThat(CommandOutput.of("audit verify", server.folder(), "--head", wrong)
                        .exitCode())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void settings_areChanged_withoutARestart() throws Exception {
        assertThat(server.send(fromElsewhere("/api/v1/settings")).statusCode()).isEqualTo(403);
        JsonNode all = get("/api/v1/settings").path("items");
        assertThat(all.valueStream().map(setting -> setting.path("name").asString("")))
                .contains("LECTERN_RATE_LIMIT_REQUESTS", "LECTERN_LOG_LEVEL_INGESTION");
        assertThat(all.valueStream())
                .allMatch(setting -> !setting.path("description").asString("").isEmpty());
        assertThat(get("/api/v1/settings/LECTERN_RATE_LIMIT_HEALTH")
                        .path("fixed")
                        .asBoolean(false))
                .isTrue();
        HttpResponse<String> shown = server.send(as(key, LIMIT));
        String tag = shown.headers().firstValue("ETag").orElseThrow();
        assertThat(put(LIMIT, "\"5000000\"", tag).body())
                .contains(
                        "LECTERN_RATE_LIMIT_REQUESTS=5000000 is not valid. Set it to a whole number from 0 to 1000000.");
        HttpResponse<String> changed = put(LIMIT, "\"5000\"", tag);
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(JSON.readTree(changed.body()).path("value").asString("")).isEqualTo("5000");
        assertThat(put(LIMIT, "\"6000\"", tag).statusCode()).isEqualTo(412);
        assertThat(put(LIMIT, "null", "*").statusCode()).isEqualTo(400);
        HttpResponse<String> secret = put("/api/v1/settings/LECTERN_OPENAI_API_KEY", "\"some-new-key\"", "*");
        assertThat(secret.statusCode()).as(secret.body()).isEqualTo(200);
        assertThat(secret.body()).contains("***").doesNotContain("some-new-key");
        assertThat(put("/api/v1/settings/LECTERN_RATE_LIMIT_HEALTH", "\"1\"", "*")
                        .statusCode())
                .isEqualTo(409);
        assertThat(put("/api/v1/settings/LECTERN_HOST", "\"1\"", "*").statusCode())
                .isEqualTo(404);
        HttpResponse<String> reset = server.send(as(key, LIMIT).DELETE());
        assertThat(JSON.readTree(reset.body()).path("value").asString("")).isEqualTo("100");
        assertThat(get("/api/v1/audit?action=settings.changed").path("items"))
                .as("limit, key and limit again")
                .hasSize(3);
    }

    private static HttpResponse<String> put(String path, String value, String tag) throws Exception {
        return server.send(as(key, path).header("If-Match", tag).PUT(TestServer.body("{\"value\":" + value + "}")));
    }
}
