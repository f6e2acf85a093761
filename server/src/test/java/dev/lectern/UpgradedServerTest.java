package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The present server on what version 0.1.0 left behind: everything is there, works, is read again, and nothing is embedded again. */
@OnEveryDatabase
@Timeout(120)
@SuppressWarnings("NullAway.Init") // Made once for each database.
@NeedsServer
class UpgradedServerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DAMAGED =
            "The file is damaged or incomplete and cannot be read. Fetch it again, or save it again from the program"
                    + " that made it.";
    private static final String NOTES = "/srv/lectern-fixture/notes";
    private static final String ANNUAL_LEAVE = "How many days of annual leave does an employee have?";

    private static VersionFixture fixture;
    private static TestServer server;
    private static String operator;
    private static String metricsAfterStart;

    /** The methods below are given what this is given. */
    UpgradedServerTest(DatabaseEngine databaseEngine) {}

    @BeforeParameterizedClassInvocation
    static void start(DatabaseEngine databaseEngine) throws Exception {
        fixture = VersionFixture.unpack("0.1.0", databaseEngine);
        operator = "Bearer " + Files.readString(fixture.folder().resolve("key")).strip();
        server = TestServer.start(fixture.folder(), fixture.settings("lectern.retrieval.search-timeout=60s"));
        // The scan of the source is what a start does last; it fails, because the folder is not on this machine.
        await().atMost(SOON).until(() -> source().hasNonNull("reason"));
        assertThat(server.bean(JobService.class).awaitIdle(SOON)).isTrue();
        metricsAfterStart = server.get("/metrics").body();
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        server.close();
        fixture.close();
    }

    @Test
    void migrations_areAllApplied() throws Exception {
        int migrations =
                new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/V*.sql").length;
        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT COUNT(*) FROM flyway_schema_history WHERE success")
                        .query(Integer.class)
                        .single())
                .isEqualTo(migrations)
                .isGreaterThanOrEqualTo(13);
    }

    @Test
    void start_embedsNothing() {
        assertThat(metricsAfterStart.lines().filter(line -> line.startsWith("lectern_embedded_texts_total")))
                .contains("lectern_embedded_texts_total{kind=\"passage\"} 0.0");
    }

    @Test
    void start_findsNoDrift() throws Exception {
        JsonNode drift = operatorGet("/api/v1/library/drift");
        assertThat(drift.at("/agrees").asBoolean()).as(drift.toString()).isTrue();
    }

    @Test
    void documents_areListedWithStatusAndReason() throws Exception {
        assertThat(documents("default"))
                .extracting(at("/title"), at("/uri"), at("/status"), at("/version"), at("/passages"), at("/reason"))
                .containsExactlyInAnyOrder(
                        tuple("Opening hours", "folder:opening-hours.html", "done", "2", "1", ""),
                        tuple("Team handbook", "folder:handbook.md", "done", "2", "1", ""),
                        tuple("damaged.pdf", "folder:damaged.pdf", "failed", "0", "0", DAMAGED),
                        tuple("warranty-copy", "folder:archive/warranty-copy.txt", "done", "1", "1", ""));
        assertThat(documents(products()))
                .extracting(at("/title"), at("/uri"), at("/status"), at("/version"), at("/passages"), at("/reason"))
                .containsExactlyInAnyOrder(
                        tuple("prices", "upload:prices.csv", "done", "2", "1", ""),
                        tuple("assembly", "upload:assembly.docx", "done", "1", "1", ""),
                        tuple("Care instructions", "upload:care.pdf", "done", "2", "2", ""));
    }

    @Test
    void originals_areTheBytesThatWereHandedIn() throws Exception {
        Map<String, String> files = Map.of(
                "Opening hours", "notes/opening-hours.html",
                "Team handbook", "notes/handbook.md",
                "damaged.pdf", "notes/damaged.pdf",
                "warranty-copy", "notes/archive/warranty-copy.txt",
                "prices", "products/prices.csv",
                "assembly", "products/assembly.docx",
                "Care instructions", "products/care.pdf");
        Map<String, String> ids = ids();
        assertThat(ids.keySet()).isEqualTo(files.keySet());
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                HttpResponse<byte[]> content = http.send(
                        server.request("/api/v1/documents/" + ids.get(file.getKey()) + "/content")
                                .build(),
                        BodyHandlers.ofByteArray());
                assertThat(content.body()).as(file.getKey()).isEqualTo(fixture.document(file.getValue()));
            }
        }
    }

    @Test
    void text_hasHeadingsAndPages() throws Exception {
        JsonNode handbook = get("/api/v1/documents/" + ids().get("Team handbook") + "/text");
        assertThat(handbook.at("/text").asString()).contains("Every employee has 28 days of annual leave each year.");
        assertThat(handbook.at("/headings"))
                .extracting(at("/title"))
                .containsExactly("Team handbook", "Annual leave", "Working from home", "Expenses");
        assertThat(handbook.at("/blocks"))
                .as("it was read again")
                .extracting(at("/type"))
                .contains("heading", "paragraph");
        assertThat(get("/api/v1/documents/" + ids().get("Care instructions") + "/text")
                        .at("/pages"))
                .hasSize(2);
    }

    @Test
    void jobs_areListed() throws Exception {
        assertThat(get("/api/v1/jobs").at("/items"))
                .filteredOn(job -> job.at("/status").asString().equals("done"))
                .extracting(at("/collectionId"), at("/documents/total"), at("/documents/done"), at("/documents/failed"))
                .containsSubsequence(
                        tuple("default", "1", "1", "0"),
                        tuple(products(), "3", "3", "0"),
                        tuple("default", "5", "4", "1"));
    }

    @Test
    void folder_thatIsNotThere_deletesNothing() throws Exception {
        assertThat(source().at("/path").asString()).isEqualTo(NOTES);
        assertThat(source().at("/reason").asString())
                .startsWith("The folder notes cannot be read.")
                .contains("Nothing was deleted");
        assertThat(get("/api/v1/jobs").at("/items"))
                .filteredOn(job -> job.at("/status").asString().equals("failed"))
                .extracting(at("/sourceId"), at("/code"), at("/reason"))
                .containsOnly(tuple(
                        source().at("/id").asString(),
                        "needs_confirmation",
                        source().at("/reason").asString()));
        assertThat(documents("default"))
                .filteredOn(document -> document.at("/uri").asString().startsWith("folder:"))
                .hasSize(4);
    }

    @Test
    void conversations_areThereWithAnswersCitationsAndFeedback() throws Exception {
        JsonNode conversations = visitorGet("/api/v1/conversations").at("/items");
        assertThat(conversations)
                .extracting(at("/title"))
                .containsExactly(
                        "How many kilograms does each shelf board of the bookshelf…",
                        "Repairs and tools",
                        ANNUAL_LEAVE);
        assertThat(answers(conversations.get(2)))
                .containsExactly(
                        tuple("abstained", "too_weak", "extractive", "", "", "", "", ""),
                        tuple(
                                "answered",
                                "",
                                "extractive",
                                "warranty-copy",
                                "The warranty of the desk lamp lasts 36 months from the day of purchase.",
                                "",
                                "",
                                "up: Just what I needed."),
                        // Of a deleted document only its title is shown.
                        tuple("answered", "", "extractive", "canteen", "", "deleted", "", ""),
                        tuple(
                                "answered",
                                "",
                                "extractive",
                                "Team handbook",
                                "Every employee has 27 days of annual leave each year.",
                                "changed",
                                "",
                                ""));
        assertThat(answers(conversations.get(1)))
                .containsExactly(
                        tuple("abstained", "too_weak", "extractive", "", "", "", "", "down: "),
                        tuple(
                                "answered",
                                "",
                                "extractive",
                                "Care instructions",
                                "A broken dimmer is replaced by the repair service in Bergen.",
                                "",
                                "2",
                                ""));
        assertThat(answers(conversations.get(0)))
                .containsExactly(tuple(
                        "answered",
                        "",
                        "openai:fixture",
                        "assembly",
                        "Each shelf board carries up to 25 kilograms.",
                        "",
                        "",
                        ""));
    }

    @Test
    void replacedQuestion_isKeptAsABranch() throws Exception {
        String conversation = "/api/v1/conversations/"
                + visitorGet("/api/v1/conversations").at("/items/1/id").asString();
        JsonNode messages = visitorGet(conversation + "/messages").at("/items");
        JsonNode replaced = visitorGet(
                conversation + "/messages/" + messages.at("/3/replaces").asString());
        assertThat(messages.at("/3/content").asString()).isEqualTo("Who replaces a broken dimmer?");
        assertThat(messages.at("/3/branches")).hasSize(2);
        assertThat(replaced.at("/content").asString()).isEqualTo("Which tools does the assembly need?");
    }

    @Test
    void conversations_ofAnotherVisitor_areHidden() throws Exception {
        assertThat(get("/api/v1/conversations").at("/items")).isEmpty();
    }

    /** Other tests of this class add entries of their own. */
    @Test
    void usage_isKept() {
        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT model, purpose, input_tokens, output_tokens, outcome FROM usage_entries")
                        .query((row, number) -> tuple(
                                row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5)))
                        .list())
                .contains(tuple("openai:fixture", "answer", 350L, 12L, "done"));
    }

    @Test
    void question_isAnsweredWithACitation() throws Exception {
        JsonNode answer = post("/api/v1/ask", Map.of("question", ANNUAL_LEAVE));
        assertThat(answer.at("/status").asString()).as(answer.toString()).isEqualTo("answered");
        assertThat(answer.at("/text").asString()).contains("28 days of annual leave");
        assertThat(answer.at("/citations"))
                .extracting(at("/documentId"), at("/quote"))
                .contains(tuple(ids().get("Team handbook"), "Every employee has 28 days of annual leave each year."));
    }

    @Test
    void search_findsPassagesByWordsAndByMeaning() throws Exception {
        for (String mode : List.of("hybrid", "lexical", "dense")) {
            JsonNode found = post("/api/v1/search", Map.of("query", "brackets of the bookshelf", "mode", mode));
            assertThat(found.at("/items/0/documentId").asString()).as(mode).isEqualTo(ids().get("assembly"));
            assertThat(found.at("/items/0/text").asString())
                    .contains("Fix the bookshelf to the wall with the two brackets.");
        }
    }

    @Test
    void newDocument_isFoundUntilItIsDeleted() throws Exception {
        JobService jobService = server.bean(JobService.class);
        jobService.await(
                TestAccess.OPERATOR,
                jobService.addTexts(
                        TestAccess.OPERATOR,
                        CollectionId.DEFAULT,
                        List.of(new TextDocument("parking", "Parking", "The parking garage is locked at 22:00."))),
                SOON);
        Map<String, String> query = Map.of("query", "parking garage", "mode", "lexical");
        JsonNode found = post("/api/v1/search", query).at("/items/0");
        assertThat(found.at("/title").asString()).isEqualTo("Parking");
        server.send(
                server.request("/api/v1/documents/" + found.at("/documentId").asString())
                        .DELETE());
        assertThat(post("/api/v1/search", query).at("/items")).isEmpty();
    }

    /** Newest first, of each answer: status, reason, model, first citation with title, quote, state and page, feedback. */
    private static List<Tuple> answers(JsonNode conversation) throws Exception {
        JsonNode messages = visitorGet(
                        "/api/v1/conversations/" + conversation.at("/id").asString() + "/messages")
                .at("/items");
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(message -> message.at("/role").asString().equals("answer"))
                .map(message -> tuple(
                        message.at("/answer/status").asString(),
                        message.at("/answer/reason").asString(),
                        message.at("/answer/model").asString(),
                        message.at("/answer/citations/0/title").asString(),
                        message.at("/answer/citations/0/quote").asString(),
                        message.at("/answer/citations/0/state").asString(),
                        message.at("/answer/citations/0/page").asString(),
                        message.has("feedback")
                                ? message.at("/feedback/rating").asString() + ": "
                                        + message.at("/feedback/comment").asString()
                                : ""))
                .toList();
    }

    private static Function<JsonNode, String> at(String pointer) {
        return node -> node.at(pointer).asString();
    }

    private static String products() throws Exception {
        JsonNode collections = get("/api/v1/collections").at("/items");
        assertThat(collections).extracting(at("/name")).containsExactly("Documents", "Products");
        return collections.at("/1/id").asString();
    }

    private static JsonNode documents(String collection) throws Exception {
        return get("/api/v1/collections/" + collection + "/documents").at("/items");
    }

    /** The ids of all documents by their titles. */
    private static Map<String, String> ids() throws Exception {
        return List.of(documents("default"), documents(products())).stream()
                .flatMap(items -> StreamSupport.stream(items.spliterator(), false))
                .collect(Collectors.toMap(at("/title"), at("/id")));
    }

    private static JsonNode source() throws Exception {
        return operatorGet("/api/v1/collections/default/sources").at("/items/0");
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return json(server.get(path));
    }

    private static JsonNode operatorGet(String path) throws IOException, InterruptedException {
        return json(server.send(server.request(path).header("Authorization", operator)));
    }

    private static JsonNode visitorGet(String path) throws IOException, InterruptedException {
        return json(server.send(server.request(path).header("Cookie", fixture.cookie())));
    }

    private static JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return json(server.post(path, JSON.writeValueAsString(body)));
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
