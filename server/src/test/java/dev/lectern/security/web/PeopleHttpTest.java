package dev.lectern.security.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.TestServer;
import dev.lectern.security.signin.PasswordLinks.PasswordLink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People, groups and the access of collections over HTTP, as an administrator on the machine of an open server. */
class PeopleHttpTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void account_isAddedChangedAndDeleted() throws Exception {
        HttpResponse<String> created = send(
                "POST",
                "/api/v1/users",
                Map.of("name", "Ada", "displayName", "Ada Lovelace", "email", "ada@example.org"),
                null);
        assertThat(created.statusCode()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow();
        String tag = created.headers().firstValue("ETag").orElseThrow();
        assertThat(json(created).path("name").asString()).isEqualTo("ada");
        assertThat(json(created).path("role").asString()).isEqualTo("user");
        assertThat(json(created).path("hasPassword").asBoolean(true)).isFalse();

        assertThat(json(server.get("/api/v1/users?query=love")).path("items")).hasSize(1);
        HttpResponse<String> changed = send("PATCH", path, Map.of("disabled", true), tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).path("disabled").asBoolean()).isTrue();
        assertThat(send("PATCH", path, Map.of("disabled", false), tag).statusCode())
                .isEqualTo(412);
        assertThat(send("PATCH", path, Map.of("role", "emperor"), null).body()).contains("`administrator`");
        assertThat(send("DELETE", path, null, tag).statusCode()).isEqualTo(412);
        assertThat(send("DELETE", path, null, null).statusCode()).isEqualTo(204);
        assertThat(server.get(path).statusCode()).isEqualTo(404);
        assertThat(send("POST", "/api/v1/users", Map.of("displayName", "x"), null)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void newAccount_hasALinkForItsPassword_onceAndInThatResponseOnly() throws Exception {
        HttpResponse<String> created = server.send(server.request("/api/v1/users")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "invite-1")
                .POST(BodyPublishers.ofString("{\"name\": \"invited\"}")));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonNode invitation = json(created).path("invitation");
        assertThat(Instant.parse(invitation.path("expiresAt").asString()))
                .isBetween(Instant.now().plus(Duration.ofDays(6)), Instant.now().plus(Duration.ofDays(7)));
        URI link = URI.create(invitation.path("link").asString());
        assertThat(link.getPath()).isEqualTo("/reset");
        String path = created.headers().firstValue("Location").orElseThrow();
        assertThat(json(server.get(path)).has("invitation")).isFalse();
        assertThat(server.get("/api/v1/users?query=invited").body()).doesNotContain(link.getFragment());
        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM idempotency_keys WHERE key = 'invite-1'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(new PasswordLink(link.toString(), Instant.EPOCH).toString()).doesNotContain(link.getFragment());

        JsonNode entry = json(server.get("/api/v1/audit?action=link.created")).at("/items/0");
        assertThat(entry.at("/details/name").asString()).isEqualTo("invited");
        assertThat(entry.path("caller").asString()).as("who made it").startsWith("visitor:");

        Map<String, Object> chosen = Map.of("token", link.getFragment(), "password", "correct horse battery");
        assertThat(send("POST", "/api/v1/password-reset", chosen, null).statusCode())
                .isLessThan(300);
        assertThat(json(server.get(path)).path("hasPassword").asBoolean()).isTrue();
        assertThat(send("POST", "/api/v1/password-reset", chosen, null).statusCode())
                .isGreaterThanOrEqualTo(400);

        JsonNode reset = json(send("POST", path + "/password-reset", null, null));
        assertThat(Instant.parse(reset.path("expiresAt").asString()))
                .isBefore(Instant.now().plus(Duration.ofDays(1)));
        assertThat(URI.create(reset.path("link").asString()).getPath()).isEqualTo("/reset");
        assertThat(send("POST", "/api/v1/users", Map.of("name", "INVITED"), null)
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void group_isAddedRenamedAndDeleted_withMembers() throws Exception {
        String user = json(send("POST", "/api/v1/users", Map.of("name", "grace"), null))
                .path("id")
                .asString();
        HttpResponse<String> created = send("POST", "/api/v1/groups", Map.of("name", "Compilers"), null);
        assertThat(created.statusCode()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow();

        assertThat(send("PUT", path + "/members/" + user, null, null).statusCode())
                .isEqualTo(204);
        assertThat(send("PUT", path + "/members/nobody", null, null).statusCode())
                .isEqualTo(404);
        assertThat(json(server.get(path)).at("/members/0/name").asString()).isEqualTo("grace");
        assertThat(json(server.get("/api/v1/users/" + user)).path("groups")).hasSize(1);
        assertThat(json(send("PATCH", path, Map.of("name", "Linkers"), null))
                        .path("name")
                        .asString())
                .isEqualTo("Linkers");
        assertThat(send("DELETE", path + "/members/" + user, null, null).statusCode())
                .isEqualTo(204);
        assertThat(json(server.get(path)).path("members")).isEmpty();
        assertThat(send("DELETE", path, null, null).statusCode()).isEqualTo(204);
    }

    @Test
    void access_isShownAndReplaced_alsoByName() throws Exception {
        HttpResponse<String> collection = send("POST", "/api/v1/collections", Map.of("name", "Papers"), null);
        assertThat(json(collection).path("permission").asString()).isEqualTo("manage");
        String path = collection.headers().firstValue("Location").orElseThrow();
        send("POST", "/api/v1/users", Map.of("name", "mary"), null);

        JsonNode before = json(server.get(path + "/access"));
        assertThat(before.path("isDefault").asBoolean()).isTrue();
        assertThat(before.at("/grants/0/to").asString()).isEqualTo("everyone");
        HttpResponse<String> set = send(
                "PUT",
                path + "/access",
                Map.of("grants", List.of(Map.of("to", "user", "name", "MARY", "permission", "write"))),
                null);
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(json(set).path("isDefault").asBoolean(true)).isFalse();
        assertThat(json(set).at("/grants/0/name").asString()).isEqualTo("mary");

        HttpRequest.Builder fromElsewhere = server.request(path).header("X-Forwarded-For", "192.0.2.1");
        assertThat(server.send(fromElsewhere).statusCode()).isEqualTo(404);
        for (Map<String, String> wrong : List.of(
                Map.of("to", "somebody", "permission", "read"),
                Map.of("to", "user", "permission", "read"),
                Map.of("to", "user", "name", "nobody", "permission", "read"),
                Map.of("to", "everyone", "id", "x", "permission", "read"),
                Map.of("to", "everyone", "permission", "own"))) {
            assertThat(send("PUT", path + "/access", Map.of("grants", List.of(wrong)), null)
                            .statusCode())
                    .as(wrong.toString())
                    .isEqualTo(400);
        }
        send("DELETE", path, null, null);
    }

    @Test
    void visitorFromElsewhere_managesNothing() throws Exception {
        for (String path :
                List.of("/api/v1/users", "/api/v1/groups", "/api/v1/users/x", "/api/v1/collections/default/access")) {
            HttpRequest.Builder request = server.request(path).header("X-Forwarded-For", "192.0.2.1");
            assertThat(server.send(request).statusCode()).as(path).isEqualTo(403);
        }
        HttpRequest.Builder creation = server.request("/api/v1/collections")
                .header("X-Forwarded-For", "192.0.2.1")
                .header("Content-Type", "application/json")
                .POST(TestServer.body("{\"name\": \"Mine\"}"));
        assertThat(server.send(creation).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> send(
            String method, String path, @Nullable Object body, @Nullable String ifMatch) throws Exception {
        HttpRequest.Builder request = server.request(path)
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : TestServer.body(JsonMapper.shared().writeValueAsString(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return server.send(request);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
