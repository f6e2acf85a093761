package dev.lectern.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.SourceId;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder whose file is replaced by one that cannot be read, and whose files are renamed, as readers of the API see it. */
@NeedsServer
@SuppressWarnings("NullAway.Init")
class DocumentWarningHttpTest {
    private static final String CONTRACT =
            "<html><body><p>The notice period of the Falcon contract is 90 days.</p></body></html>";
    private static final String QUESTION = "What is the notice period of the Falcon contract?";
    private static final String ASK = "{\"question\":\"" + QUESTION + "\"}";
    private static final String SEARCH = "{\"query\":\"notice period of the Falcon contract\"}";

    @TempDir
    Path temporary;

    private Path folder;
    private TestServer server;
    private SourceId source;
    private String cookie = "";

    private void open(String... settings) throws Exception {
        folder = Files.createDirectories(temporary.resolve("folder"));
        write("contract.html", CONTRACT);
        write("pelican.txt", "Both copies say pelican forty-one.\n");
        server = TestServer.start(List.of(settings));
        source = server.bean(SourceService.class)
                .addFolder(TestAccess.OPERATOR, folder, CollectionId.DEFAULT)
                .id();
        cookie = server.newCookie("/api/v1/collections");
        scan();
    }

    private void write(String path, String text) throws Exception {
        Path file = folder.resolve(path);
        Files.writeString(file, text);
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(text.hashCode())));
    }

    private void scan() throws Exception {
        JobService jobs = server.bean(JobService.class);
        jobs.await(
                TestAccess.OPERATOR,
                server.bean(SourceService.class).scan(TestAccess.OPERATOR, source, false),
                IngestionFixture.SOON);
        assertThat(jobs.awaitIdle(IngestionFixture.SOON)).isTrue();
    }

    /** @param body JSON to post; null to get */
    private String visit(String path, @Nullable String body) throws Exception {
        var request = server.request(path).header("Cookie", cookie);
        HttpResponse<String> response = server.send(
                body == null
                        ? request
                        : request.header("Content-Type", "application/json").POST(TestServer.body(body)));
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return response.body();
    }

    private JsonNode json(String path, @Nullable String body) throws Exception {
        return JsonMapper.shared().readTree(visit(path, body));
    }

    private static void assertWarned(JsonNode warning) {
        assertThat(warning.path("code").asString("")).isEqualTo("newer_version_unreadable");
        assertThat(Instant.parse(warning.path("since").asString())).isBefore(Instant.now());
        assertThat(warning.path("detail").asString("")).contains("earlier version");
    }

    private JsonNode document(String title) throws Exception {
        return json("/api/v1/collections/default/documents", null)
                .path("items")
                .valueStream()
                .filter(item -> item.path("title").asString().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void brokenReplacement_saysSoWhereverItsFormerTextIsShown() throws Exception {
        open();
        try (TestServer _ = server) {
            String conversation = "/api/v1/conversations/"
                    + json("/api/v1/conversations", "{}").path("id").asString();
            json(conversation + "/messages", ASK.replace("question", "content"));
            JsonNode before = json("/api/v1/ask", ASK);
            assertThat(before.at("/citations/0/quote").asString("")).contains("90 days");
            assertThat(before.at("/citations/0").has("warning")).isFalse();
            String id = document("contract").path("id").asString();
            assertThat(json("/api/v1/documents/" + id + "/text", null).has("warning"))
                    .isFalse();

            write("contract.html", "%PDF-1.4 broken");
            scan();

            assertWarned(json("/api/v1/search", SEARCH).at("/items/0/warning"));
            JsonNode fresh = json("/api/v1/ask", ASK);
            assertWarned(fresh.at("/citations/0/warning"));
            JsonNode cached = json("/api/v1/ask", ASK);
            assertThat(cached.path("cached").asBoolean()).isTrue();
            assertWarned(cached.at("/citations/0/warning"));
            List<JsonNode> events = visit("/api/v1/ask", ASK.replace("}", ",\"stream\":true}"))
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> JsonMapper.shared().readTree(line.substring(5)))
                    .toList();
            assertThat(events).anySatisfy(event -> assertWarned(event.at("/items/0/warning")));
            assertThat(events).anySatisfy(event -> assertWarned(event.at("/citations/0/warning")));
            assertThat(events).anySatisfy(event -> assertWarned(event.at("/answer/citations/0/warning")));
            assertWarned(document("contract").path("warning"));
            assertWarned(json("/api/v1/documents/" + id, null).path("warning"));
            assertWarned(json("/api/v1/documents/" + id + "/text", null).path("warning"));
            JsonNode kept = json(conversation + "/messages", null).at("/items/0/answer/citations/0");
            assertWarned(kept.path("warning"));
            assertThat(kept.has("state")).as("the text has not changed").isFalse();
            assertThat(visit(conversation + "/export", null)).contains("**Note:** The present content of the file");
            assertWarned(json(conversation + "/export?format=json", null).at("/messages/1/answer/citations/0/warning"));

            write("contract.html", CONTRACT.replace("90", "30"));
            scan();
            assertThat(json("/api/v1/ask", ASK).at("/citations/0").has("warning"))
                    .isFalse();
            JsonNode changed = json(conversation + "/messages", null).at("/items/0/answer/citations/0");
            assertThat(changed.has("warning")).isFalse();
            assertThat(changed.path("state").asString("")).isEqualTo("changed");
        }
    }

    @Test
    void brokenReplacement_hidden_isNeitherFoundNorCited() throws Exception {
        open("lectern.library.unreadable-replacement=hide");
        try (TestServer _ = server) {
            assertThat(visit("/api/v1/search", SEARCH)).contains("90 days");
            assertThat(visit("/api/v1/ask", ASK)).contains("90 days");

            write("contract.html", "%PDF-1.4 broken");
            scan();

            JsonNode found = json("/api/v1/search", SEARCH);
            assertThat(found.toString()).doesNotContain("90 days");
            assertThat(found.path("items").size()).as("others are found").isOne();
            assertThat(found.at("/searched/searchable").asInt()).isOne();
            assertThat(visit("/api/v1/ask", ASK)).doesNotContain("90 days");
            assertWarned(document("contract").path("warning"));

            write("contract.html", CONTRACT);
            scan();
            assertThat(visit("/api/v1/search", SEARCH)).contains("90 days");
        }
    }

    @Test
    void renamedFiles_areFoundAndCitedByTheirNewNames() throws Exception {
        open();
        try (TestServer _ = server) {
            write("plan.txt", "The Kestrel budget is 48,200 euros for spring.\n");
            write("copy1.txt", "The ledger of the two copies is green.\n");
            write("copy2.txt", "The ledger of the two copies is green.\n");
            scan();
            String ask = "{\"question\":\"How many euros is the Kestrel budget?\"}";
            assertThat(json("/api/v1/ask", ask).at("/citations/0/title").asString(""))
                    .isEqualTo("plan");
            String id = document("plan").path("id").asString();
            String copy = document("copy1").path("id").asString();

            Files.move(folder.resolve("plan.txt"), folder.resolve("budget-2026.txt"));
            Files.delete(folder.resolve("copy1.txt"));
            scan();

            assertThat(document("budget-2026").path("id").asString()).isEqualTo(id);
            assertThat(document("copy2").path("id").asString()).isEqualTo(copy);
            assertThat(json("/api/v1/ask", ask).at("/citations/0/title").asString(""))
                    .isEqualTo("budget-2026");
            assertThat(json("/api/v1/search", "{\"query\":\"budget-2026\",\"mode\":\"lexical\"}")
                            .at("/items/0/documentId")
                            .asString(""))
                    .as("the index knows the new name")
                    .isEqualTo(id);
            assertThat(json("/api/v1/search", "{\"query\":\"plan\",\"mode\":\"lexical\"}")
                            .path("items"))
                    .as("and has forgotten the old one")
                    .isEmpty();
        }
    }
}
