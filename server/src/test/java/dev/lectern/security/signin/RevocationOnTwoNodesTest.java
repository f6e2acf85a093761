package dev.lectern.security.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.LibraryCollections;
import dev.lectern.security.OperatorKey;
import dev.lectern.security.TestAccess;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.shared.CollectionId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.TestDatabase;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What is revoked at one of two servers on a database no longer works at the other, and streams there end. */
@NeedsServer
@SuppressWarnings("NullAway.Init")
class RevocationOnTwoNodesTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TestDatabase database;
    private static TestServer one;
    private static TestServer two;
    private static String hash;
    private static int people;

    @BeforeAll
    static void start() throws Exception {
        database = DatabaseEngine.POSTGRESQL.open(folder);
        // Jobs stay as they are, so that streams about them go on.
        List<String> settings = new ArrayList<>(List.of(database.settings(
                "lectern.security.mode=private",
                "lectern.ingestion.enabled=false",
                "lectern.rate-limit.requests=0",
                "lectern.rate-limit.sign-in-requests=0",
                "lectern.qdrant.url=http://not.opened.invalid:6334",
                "lectern.originals.folder=" + folder.resolve("originals"))));
        one = TestServer.start(settings);
        two = TestServer.start(settings);
        hash = one.bean(Passwords.class).encode(PASSWORD, "x");
    }

    @AfterAll
    static void stop() throws Exception {
        HTTP.shutdownNow();
        two.close();
        one.close();
        database.close();
    }

    /** A person who may read a collection with a job that does not end. */
    private record Reader(String id, String name, String collection, String job) {}

    private static Reader reader() throws Exception {
        String name = "person" + people++;
        String id = one.bean(People.class)
                .create(TestAccess.OPERATOR, name, null, null, Role.USER)
                .id();
        one.bean(UserRepository.class).setPassword(id, hash, Instant.now());
        CollectionId collection = one.bean(LibraryCollections.class)
                .create(TestAccess.OPERATOR, "Papers of " + name)
                .id();
        String job = one.bean(JobService.class)
                .addTexts(TestAccess.OPERATOR, collection, List.of(new TextDocument("t", "Text", "Cats sleep.")))
                .value();
        change(
                "PUT",
                "/collections/" + collection + "/access",
                "{\"grants\": [{\"to\": \"user\", \"id\": \"" + id + "\", \"permission\": \"read\"}]}");
        return new Reader(id, name, collection.value(), job);
    }

    /** An administrator changes something at the first node. */
    private static JsonNode change(String method, String path, String json) throws Exception {
        HttpResponse<String> response = one.send(one.request("/api/v1" + path)
                .header("Authorization", "Bearer " + OperatorKey.read(one.folder()))
                .header("Content-Type", "application/json")
                .method(method, TestServer.body(json)));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body().isEmpty() ? NullNode.instance : Browser.json(response);
    }

    /** Signs in at the first node. */
    private static Browser signIn(Reader reader) throws Exception {
        Browser browser = new Browser(one);
        HttpResponse<String> signedIn = browser.signIn(reader.name(), PASSWORD);
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        return browser;
    }

    /** The session of a browser as a load balancer takes it to the second node, whose port the browser does not see. */
    private static Map<String, String> sessionAtTwo(Browser browser) {
        return Map.of("Cookie", "lectern_session_" + two.port() + "=" + browser.cookie("lectern_session"));
    }

    @Test
    void disabledPerson() throws Exception {
        Reader reader = reader();
        Browser browser = signIn(reader);
        expectEndAtTwo(
                reader,
                sessionAtTwo(browser),
                401,
                () -> change("PATCH", "/users/" + reader.id(), "{\"disabled\": true}"));
    }

    @Test
    void endedSession() throws Exception {
        Reader reader = reader();
        Browser browser = signIn(reader);
        expectEndAtTwo(
                reader,
                sessionAtTwo(browser),
                401,
                () -> assertThat(browser.send("DELETE", "/session", "").statusCode())
                        .isEqualTo(204));
    }

    @Test
    void revokedKey() throws Exception {
        Reader reader = reader();
        JsonNode key = change("POST", "/api-keys", "{\"name\": \"Program\", \"scopes\": [\"read\"], \"server\": true}");
        expectEndAtTwo(
                reader,
                Map.of("Authorization", "Bearer " + key.path("secret").asString()),
                401,
                () -> change("DELETE", "/api-keys/" + key.path("id").asString(), ""));
    }

    @Test
    void withdrawnGrant() throws Exception {
        Reader reader = reader();
        Browser browser = signIn(reader);
        expectEndAtTwo(
                reader,
                sessionAtTwo(browser),
                404,
                () -> change("PUT", "/collections/" + reader.collection() + "/access", "{\"grants\": []}"));
    }

    @FunctionalInterface
    private interface Revocation {
        void run() throws Exception;
    }

    /** @param refusal status of requests after the revocation */
    private static void expectEndAtTwo(
            Reader reader, Map<String, String> credentials, int refusal, Revocation revocation) throws Exception {
        await().atMost(SOON).until(() -> statusAtTwo(reader, credentials) == 200);
        HttpRequest.Builder follow = atTwo("/api/v1/jobs/" + reader.job() + "/events", credentials);
        HttpResponse<InputStream> stream = HTTP.send(follow.build(), BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event: progress");
            Future<List<String>> rest = executor.submit(() -> lines.lines().toList());

            revocation.run();

            await().atMost(SOON).until(() -> statusAtTwo(reader, credentials) != 200);
            for (int i = 0; i < 20; i++) {
                assertThat(statusAtTwo(reader, credentials)).isEqualTo(refusal);
            }
            assertThat(rest.get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .contains("event: failed")
                    .doesNotContain("event: finished");
        }
    }

    private static int statusAtTwo(Reader reader, Map<String, String> credentials) throws Exception {
        return two.send(atTwo("/api/v1/collections/" + reader.collection(), credentials))
                .statusCode();
    }

    private static HttpRequest.Builder atTwo(String path, Map<String, String> credentials) {
        HttpRequest.Builder request = two.remoteRequest(path);
        credentials.forEach(request::header);
        return request;
    }
}
