package dev.lectern.usage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.security.OperatorKey;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import dev.lectern.usage.jdbc.CountingModelService.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The usage ledger equals what a model service counted, by purpose and caller. */
@NeedsServer
@OnEveryDatabase
@Timeout(300)
class UsageLedgerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String BOUNDARY = "boundary";
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private final DatabaseEngine databaseEngine;
    private CountingModelService service;
    private TestDatabase database;
    private TestServer server;
    private String anna;
    private String bert;
    private String annasConversation = "";
    private String bertsConversation = "";

    UsageLedgerTest(DatabaseEngine databaseEngine) {
        this.databaseEngine = databaseEngine;
    }

    @BeforeEach
    void start() throws Exception {
        service = new CountingModelService();
        database = databaseEngine.open(folder);
        server = TestServer.start(List.of(database.settings(
                "lectern.openai.base-url=" + service.url(),
                "lectern.openai.embedding-dimensions=" + CountingModelService.DIMENSIONS,
                "lectern.chat-model=openai:chat",
                "lectern.embedder=openai:old",
                "lectern.models.back-off=10ms",
                "lectern.retrieval.rewrite-timeout=60s",
                "lectern.retrieval.search-timeout=60s")));
        anna = server.newCookie("/api/v1/collections");
        bert = server.newCookie("/api/v1/collections");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        database.close();
        service.close();
    }

    @Test
    void wholeJourney_leavesWhatTheServiceCounted() throws Exception {
        service.failNextEmbedding(429);
        service.setOwner("Anna");
        String annasJob = upload(anna, "leave.md", "leave");
        service.setOwner("Bert");
        String bertsJob = upload(bert, "travel.md", "travel");

        annasConversation = startConversation(anna);
        bertsConversation = startConversation(bert);
        String conversation = annasConversation;
        service.failNextChat(500);
        ask(anna, conversation, "How many days of leave does Anna get?");
        ask(anna, conversation, "And when does Anna have to ask for them?");
        ask(bert, bertsConversation, "Where may Bert travel to?");
        askWithHistory("And what does Bert pay for it?");
        askAtOnce();
        search(bert, "What does Bert search for?");
        stopInTheMiddle(conversation);
        Map<String, Tally> before = service.tallies();
        askAlone(anna, "Which question 1 does Anna ask?");
        search(bert, "What does Bert search for?");
        assertThat(service.tallies()).as("cached answers and searches").isEqualTo(before);

        service.setOwner("Anna");
        service.setQuoting(true);
        service.failNextChat(503, 503, 503);
        ask(anna, startConversation(anna), "How long is the journey that Anna makes?");
        service.setQuoting(false);

        service.setOwner("operator:operator");
        String reembedding = reembed();
        service.setEvaluating(true);
        compare(reembedding);
        service.setEvaluating(false);
        askAlone(bert, "How far may Bert travel with the new embedder?");

        await().atMost(SOON).untilAsserted(() -> assertThat(reported()).isEqualTo(expected()));
        assertThat(service.tallies().keySet())
                .as("everything was seen")
                .contains(
                        "answer Anna",
                        "answer Bert",
                        "rewrite Anna",
                        "rewrite Bert",
                        "embed_question Anna",
                        "embed_question Bert",
                        "embed_sentence Anna",
                        "embed_passage Anna",
                        "embed_passage Bert",
                        "reembed operator:operator",
                        "probe operator:operator",
                        "evaluation operator:operator");
        assertThat(strings("SELECT DISTINCT job FROM usage_entries WHERE purpose = 'embed_passage'"))
                .containsExactlyInAnyOrder(annasJob, bertsJob);
        assertThat(strings("SELECT DISTINCT job FROM usage_entries WHERE purpose = 'reembed'"))
                .containsExactly(reembedding);
        assertThat(strings("SELECT purpose FROM usage_entries WHERE conversation = '" + conversation
                        + "' AND outcome = 'done' ORDER BY purpose"))
                .containsExactly(
                        "answer", "answer", "embed_question", "embed_question", "embed_question", "rewrite", "rewrite");
        assertThat(strings("SELECT outcome FROM usage_entries WHERE estimated = 1 AND input_tokens > 0"
                        + " AND output_tokens > 0 AND purpose = 'answer' AND conversation = '" + conversation + "'"))
                .as("the service reports nothing about a stream that was left")
                .containsExactly("cancelled");
        assertThat(strings("SELECT model FROM usage_entries WHERE calls = 0 AND cost_micros = 0"))
                .as("the extractive answer")
                .containsExactly("extractive");
    }

    /** What the ledger has of remote calls. Estimated tokens are left out, since the service did not report any. */
    private Map<String, Tally> reported() {
        Map<String, Tally> ledger = new TreeMap<>();
        jdbc().sql("SELECT purpose, caller, SUM(calls), SUM(CASE WHEN estimated = 1 THEN 0 ELSE input_tokens END),"
                        + " SUM(CASE WHEN estimated = 1 THEN 0 ELSE output_tokens END)"
                        + " FROM usage_entries WHERE calls > 0 GROUP BY purpose, caller")
                .query(row -> {
                    String caller = row.getString(2);
                    ledger.put(
                            row.getString(1) + (caller == null ? "" : " " + caller),
                            new Tally(row.getLong(3), row.getLong(4), row.getLong(5)));
                });
        return ledger;
    }

    private Map<String, Tally> expected() {
        Map<String, Tally> counted = new TreeMap<>();
        String annasId = owner(annasConversation);
        String bertsId = owner(bertsConversation);
        service.tallies()
                .forEach((key, tally) -> counted.put(
                        key.replace("Anna", "visitor:" + annasId).replace("Bert", "visitor:" + bertsId), tally));
        return counted;
    }

    private String owner(String conversation) {
        return strings("SELECT owner FROM conversation WHERE id = '" + conversation + "'")
                .getFirst();
    }

    private JdbcClient jdbc() {
        return server.bean(JdbcClient.class);
    }

    private List<String> strings(String sql) {
        return jdbc().sql(sql).query((row, _) -> row.getString(1)).list();
    }

    private String upload(String cookie, String name, String subject) throws Exception {
        StringBuilder text = new StringBuilder();
        for (int part = 1; part <= 200; part++) {
            text.append("# Part ")
                    .append(part)
                    .append("\n\nThe rule ")
                    .append(part)
                    .append(" on ")
                    .append(subject)
                    .append(" holds for everybody and is explained at length in this part of the book.\n\n");
        }
        String body = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: text/markdown\r\n\r\n" + text + "\r\n--" + BOUNDARY + "--\r\n";
        JsonNode accepted = JSON.readTree(send(
                        cookie,
                        server.request("/api/v1/collections/default/documents")
                                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                                .POST(TestServer.body(body)),
                        202)
                .body());
        String job = accepted.path("job").path("id").asString();
        await().atMost(SOON)
                .until(() -> get(cookie, "/api/v1/jobs/" + job)
                        .path("status")
                        .asString()
                        .equals("done"));
        return job;
    }

    private String startConversation(String cookie) throws Exception {
        return JSON.readTree(post(cookie, "/api/v1/conversations", "{}", 201).body())
                .path("id")
                .asString();
    }

    private void ask(String cookie, String conversation, String question) throws Exception {
        String answer = post(
                        cookie,
                        "/api/v1/conversations/" + conversation + "/messages",
                        "{\"content\":\"" + question + "\"}",
                        200)
                .body();
        assertThat(answer).contains("\"status\":\"answered\"");
    }

    private void askAlone(String cookie, String question) throws Exception {
        assertThat(post(cookie, "/api/v1/ask", "{\"question\":\"" + question + "\"}", 200)
                        .body())
                .contains("\"status\":\"answered\"");
    }

    private void askWithHistory(String question) throws Exception {
        post(
                bert,
                "/api/v1/ask",
                "{\"question\":\"" + question
                        + "\",\"history\":[{\"question\":\"May Bert travel by train?\",\"answer\":\"Yes.\"}]}",
                200);
    }

    private void askAtOnce() throws Exception {
        List<Future<?>> asked = new ArrayList<>();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= 4; i++) {
                String number = " question " + i + " does ";
                asked.add(readers.submit(() -> {
                    askAlone(anna, "Which" + number + "Anna ask?");
                    return null;
                }));
                asked.add(readers.submit(() -> {
                    askAlone(bert, "Which" + number + "Bert ask?");
                    return null;
                }));
            }
        }
        for (Future<?> one : asked) {
            one.get();
        }
    }

    private void search(String cookie, String query) throws Exception {
        post(cookie, "/api/v1/search", "{\"query\":\"" + query + "\"}", 200);
    }

    private void stopInTheMiddle(String conversation) throws Exception {
        String path = "/api/v1/conversations/" + conversation + "/messages";
        String question = "Can Anna read this " + CountingModelService.ENDLESS + "?";
        HttpRequest request = server.request(path)
                .header("Cookie", anna)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(TestServer.body("{\"content\":\"" + question + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient();
                BufferedReader stream = new BufferedReader(new InputStreamReader(
                        http.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            String answer = "";
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                if (line.startsWith("data:") && line.contains("\"messageId\"")) {
                    answer = JSON.readTree(line.substring(5)).path("messageId").asString();
                }
                if (line.equals("event: delta") || line.equals("event:delta")) {
                    break;
                }
            }
            post(anna, path + "/" + answer + "/stop", "", 204);
        }
        await().atMost(SOON)
                .until(() -> strings("SELECT id FROM message WHERE status = 'generating'")
                        .isEmpty());
    }

    private String reembed() throws Exception {
        String id = JSON.readTree(post(
                                null,
                                "/api/v1/reembeddings",
                                "{\"embedder\":\"openai:new\",\"switchWhenReady\":true}",
                                202)
                        .body())
                .path("id")
                .asString();
        await().atMost(SOON)
                .until(() -> get(null, "/api/v1/reembeddings/" + id)
                        .path("status")
                        .asString()
                        .equals("switched"));
        return id;
    }

    private void compare(String reembedding) throws Exception {
        post(
                null,
                "/api/v1/reembeddings/" + reembedding + "/comparison",
                "{\"questions\":[{\"question\":\"What is the rule on leave?\",\"documents\":[\"leave.md\"]}]}",
                200);
    }

    private JsonNode get(@Nullable String cookie, String path) throws Exception {
        return JSON.readTree(send(cookie, server.request(path), 200).body());
    }

    private HttpResponse<String> post(@Nullable String cookie, String path, String body, int status) throws Exception {
        return send(
                cookie,
                server.request(path).header("Content-Type", "application/json").POST(TestServer.body(body)),
                status);
    }

    /** @param cookie of a visitor; null for the operator */
    private HttpResponse<String> send(@Nullable String cookie, HttpRequest.Builder request, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response = server.send(
                cookie == null
                        ? request.header("Authorization", "Bearer " + OperatorKey.read(server.folder()))
                        : request.header("Cookie", cookie));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response;
    }
}
