package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import dev.lecterntest.HttpTestApi;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnEveryDatabase
@SuppressWarnings("NullAway.Init") // Made once for each database.
@NeedsServer
class IdempotencyTest {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestServer server;
    private static String cookie;

    /** The methods below are given what this is given. */
    IdempotencyTest(DatabaseEngine databaseEngine) {}

    @BeforeParameterizedClassInvocation
    static void start(DatabaseEngine databaseEngine) throws Exception {
        database = databaseEngine.open(folder);
        List<String> settings = new ArrayList<>(List.of(database.settings()));
        settings.add("lectern.http.idempotency-kept=60s");
        server = TestServer.start(settings, HttpTestApi.class);
        cookie = server.newCookie("/api/v1/test/caller");
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @Test
    void sameRequestAgain_getsTheFirstAnswer_andRunsOnce() throws Exception {
        HttpResponse<String> first = create("key-1", "one");
        HttpResponse<String> again = create("key-1", "one");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    }

    @Test
    void anotherBodyWithTheKey_isAConflict() throws Exception {
        create("key-2", "one");
        HttpResponse<String> other = create("key-2", "two");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("idempotency_conflict");
    }

    @Test
    void failedRequest_mayBeTriedAgain() throws Exception {
        int before = server.bean(HttpTestApi.class).created.get();
        assertThat(create("key-3", "fail").statusCode()).isEqualTo(503);
        assertThat(create("key-3", "fail").statusCode()).isEqualTo(503);
        assertThat(server.bean(HttpTestApi.class).created.get()).isEqualTo(before + 2);
    }

    @Test
    void anotherVisitorsKey_isNotMine() throws Exception {
        HttpResponse<String> mine = create("key-4", "one");
        HttpResponse<String> theirs = server.send(request("key-4", "one"));
        assertThat(theirs.body()).isNotEqualTo(mine.body());
    }

    @Test
    void keyWithoutCookie_belongsToTheAddress_andKeepsItsVisitor() throws Exception {
        HttpResponse<String> first = server.send(request("key-6", "one"));
        HttpResponse<String> again = server.send(request("key-6", "one"));
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(cookie(again)).isEqualTo(cookie(first));
        assertThat(again.headers().allValues("Set-Cookie")).hasSize(1);
        assertThat(server.send(request("key-6", "two")).statusCode()).isEqualTo(409);
    }

    @Test
    void upload_withAnotherBoundary_isTheSameRequest() throws Exception {
        HttpResponse<String> first = upload("aaa", "content");
        HttpResponse<String> again = upload("bbbbb", "content");
        HttpResponse<String> other = upload("aaa", "changed");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).isEqualTo(409);
    }

    @Test
    void malformedKey_is400_alsoWhereNothingIsStored() throws Exception {
        assertThat(create("k".repeat(256), "one").statusCode()).isEqualTo(400);
        HttpResponse<String> secret = server.send(server.request("/api/v1/password-reset")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k".repeat(256))
                .POST(TestServer.body("{\"token\":\"t\",\"password\":\"p\"}")));
        assertThat(secret.statusCode()).isEqualTo(400);
        assertThat(secret.body()).contains("Idempotency-Key");
    }

    @Test
    void expiredKeys_areDeletedWithoutAnyRequest_othersStay() throws Exception {
        create("key-5", "one");
        JdbcClient jdbc = server.bean(JdbcClient.class);
        jdbc.sql("INSERT INTO idempotency_keys (caller, key, request_hash, owner, created_at, status, body)"
                        + " VALUES ('c', 'old', 'h', 'n', ?, 200, 'old text'), ('c', 'new', 'h', 'n', ?, 200, 'text')")
                .params(System.currentTimeMillis() - 61_000, System.currentTimeMillis() + 60_000)
                .update();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(keys(jdbc)).doesNotContain("old"));
        assertThat(keys(jdbc)).contains("new");
    }

    private static String cookie(HttpResponse<String> response) {
        String set = response.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static List<String> keys(JdbcClient jdbc) {
        return jdbc.sql("SELECT key FROM idempotency_keys WHERE caller = 'c'")
                .query((row, _) -> row.getString("key"))
                .list();
    }

    private static HttpResponse<String> upload(String boundary, String content) throws Exception {
        String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
                + content + "\r\n--" + boundary + "--\r\n";
        return server.send(server.request("/api/v1/test/upload")
                .header("Cookie", cookie)
                .header("Idempotency-Key", "upload-1")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(TestServer.body(body)));
    }

    private static HttpResponse<String> create(String key, String text) throws Exception {
        return server.send(request(key, text).header("Cookie", cookie));
    }

    private static HttpRequest.Builder request(String key, String text) {
        return server.request("/api/v1/test/create")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .POST(TestServer.body("{\"text\":\"" + text + "\"}"));
    }
}
