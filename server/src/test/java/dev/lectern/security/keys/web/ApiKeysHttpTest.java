package dev.lectern.security.keys.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.security.EndUser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys over HTTP, made by an administrator on the machine of an open server. */
@NeedsServer
@SuppressWarnings("NullAway.Init")
class ApiKeysHttpTest {
    private static final String KEYS = "/api/v1/api-keys";
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.rate-limit.sign-ins=0"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void key_isMadeUsedChangedExchangedAndRevoked() throws Exception {
        HttpResponse<String> created =
                server.post(KEYS, "{\"name\": \"Website\", \"scopes\": [\"read\"], \"expiresAt\": \"2999-01-01T00:00:00Z\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow();
        String secret = json(created).path("secret").asString();
        assertThat(secret).startsWith("lect_");
        assertThat(json(created).path("expiresAt").asString()).startsWith("2999-01-01T00:00:00");

        assertThat(call("GET", "/api/v1/collections", secret, null).statusCode()).isEqualTo(200);
        HttpResponse<String> search = call("POST", "/api/v1/search", secret, "{\"query\": \"x\"}");
        assertThat(search.statusCode()).isEqualTo(403);
        assertThat(json(search).path("detail").asString()).contains("`search`");
        HttpResponse<String> shown = server.get(path);
        assertThat(shown.body()).doesNotContain(secret);
        assertThat(json(shown).path("hint").asString()).isEqualTo(secret.substring(0, 9) + "…");

        HttpResponse<String> changed = call("PATCH", path, null, "{\"scopes\": [\"search\"], \"expiresAt\": \"\"}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).has("expiresAt")).isFalse();
        assertThat(call("GET", "/api/v1/collections", secret, null).statusCode()).isEqualTo(403);

        JsonNode exchanged = json(server.post(path + "/secrets", "{\"overlapHours\": 1}"));
        assertThat(exchanged.path("secrets")).hasSize(2);
        String second = exchanged.path("secret").asString();
        assertThat(call("POST", "/api/v1/search", secret, "{\"query\": \"x\"}").statusCode())
                .isEqualTo(200);
        assertThat(call("POST", "/api/v1/search", second, "{\"query\": \"x\"}").statusCode())
                .isEqualTo(200);

        assertThat(server.send(server.request(path).DELETE()).statusCode()).isEqualTo(204);
        HttpResponse<String> revoked = call("POST", "/api/v1/search", second, "{\"query\": \"x\"}");
        assertThat(revoked.statusCode()).isEqualTo(401);
        assertThat(json(revoked).path("detail").asString()).contains("revoked");
        assertThat(server.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void secret_isNotStoredForRepeatedRequests() throws Exception {
        String first = json(createWithIdempotencyKey()).path("secret").asString();
        assertThat(json(createWithIdempotencyKey()).path("secret").asString()).startsWith("lect_").isNotEqualTo(first);
    }

    private static HttpResponse<String> createWithIdempotencyKey() throws Exception {
        return server.send(server.request(KEYS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "e2c1a8f6-0001")
                .POST(TestServer.body("{\"name\": \"Repeated\", \"scopes\": [\"read\"]}")));
    }

    @Test
    void wrongRequests_areToldWhatToDo() throws Exception {
        for (String body : List.of(
                "{\"name\": \"x\", \"scopes\": [\"fly\"]}",
                "{\"name\": \"x\", \"scopes\": []}",
                "{\"name\": \"x\"}",
                "{\"scopes\": [\"read\"]}",
                "{\"name\": \"x\", \"scopes\": [\"read\"], \"expiresAt\": \"tomorrow\"}",
                "{\"name\": \"x\", \"scopes\": [\"read\"], \"expiresAt\": \"2001-01-01T00:00:00Z\"}",
                "{\"name\": \"x\", \"scopes\": [\"read\"], \"collections\": [\"nowhere\"]}")) {
            HttpResponse<String> response = server.post(KEYS, body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
        }
        HttpRequest.Builder visitor = server.request(KEYS).header("X-Forwarded-For", "192.0.2.1");
        assertThat(server.send(visitor).statusCode()).isEqualTo(403);
    }

    @Test
    void metrics_takeKeysOfTheirScope_andNoKey() throws Exception {
        assertThat(server.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/metrics", key("metrics"), null).statusCode()).isEqualTo(200);
        assertThat(call("GET", "/metrics", key("read"), null).statusCode()).isEqualTo(403);
        assertThat(call("GET", "/metrics", "lect_wrong", null).statusCode()).isEqualTo(401);
        assertThat(call("GET", "/metrics", "of-somebody-else", null).statusCode()).isEqualTo(200);
    }

    @Test
    void endUsers_haveConversationsOfTheirOwn() throws Exception {
        String key = key("ask");
        String made = json(call("POST", "/api/v1/conversations", key, "{\"endUser\": \"Jürgen\"}"))
                .path("id")
                .asString();
        assertThat(idsOf(key, "J%C3%BCrgen")).containsExactly(made);
        assertThat(idsOf(key, "Ada")).isEmpty();
        assertThat(idsOf(key, null)).isEmpty();
        assertThat(call("GET", "/api/v1/conversations/" + made, key, null).statusCode()).isEqualTo(404);

        assertThat(server.post("/api/v1/conversations", "{\"endUser\": \"Ada\"}").body())
                .contains("Only programs with an API key");
        assertThat(server.send(server.request("/api/v1/conversations").header(EndUser.HEADER, "Ada"))
                        .statusCode())
                .isEqualTo(400);
        HttpRequest.Builder both = server.request("/api/v1/ask")
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header(EndUser.HEADER, "Ada")
                .POST(TestServer.body("{\"question\": \"Why?\", \"endUser\": \"Bob\"}"));
        assertThat(server.send(both).body()).contains("differ");
    }

    private static List<String> idsOf(String key, @Nullable String endUser) throws Exception {
        HttpRequest.Builder request =
                server.request("/api/v1/conversations").header("Authorization", "Bearer " + key);
        if (endUser != null) {
            request.header(EndUser.HEADER, endUser);
        }
        return json(server.send(request)).path("items").valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private static String key(String scope) throws Exception {
        return json(server.post(KEYS, "{\"name\": \"" + scope + "\", \"scopes\": [\"" + scope + "\"]}"))
                .path("secret")
                .asString();
    }

    private static HttpResponse<String> call(String method, String path, @Nullable String secret, @Nullable String body)
            throws Exception {
        HttpRequest.Builder request = server.request(path);
        if (secret != null) {
            request.header("Authorization", "Bearer " + secret);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return server.send(request.method(method, body == null ? TestServer.NO_BODY : TestServer.body(body)));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
