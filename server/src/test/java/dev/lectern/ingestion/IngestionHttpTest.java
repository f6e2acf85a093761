package dev.lectern.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.ingestion.jobs.JobRepository;
import dev.lectern.security.OperatorKey;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.JobId;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NeedsServer
class IngestionHttpTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static String newCollection() throws Exception {
        JsonNode created = json(server.post("/api/v1/collections", "{\"name\":\"Uploads\"}"));
        return "/api/v1/collections/" + created.path("id").asString();
    }

    /** @param files name and text of each */
    private static HttpResponse<String> upload(String address, String... files) throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < files.length; i += 2) {
            body.append("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                    .append(files[i])
                    .append("\"\r\nContent-Type: text/plain\r\n\r\n")
                    .append(files[i + 1])
                    .append("\r\n");
        }
        return server.send(server.request(address)
                .header("Content-Type", "multipart/form-data; boundary=xyz")
                .POST(TestServer.body(body.append("--xyz--\r\n").toString())));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static List<String> values(JsonNode items, String field) {
        return items.valueStream().map(item -> item.path(field).asString("")).toList();
    }

    @Test
    void upload_oneNameInThreeFolders_isThreeDocuments() throws Exception {
        HttpResponse<String> answer =
                upload(newCollection() + "/documents", "dup.txt", "one", "a/dup.txt", "two", "b/dup.txt", "three");
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode items = json(answer).path("items");
        assertThat(values(items, "path")).containsExactly("dup.txt", "a/dup.txt", "b/dup.txt");
        assertThat(items.valueStream()
                        .map(item -> item.path("document").path("id").asString())
                        .distinct())
                .hasSize(3);
    }

    @Test
    void upload_pathOfAnotherDocument_isRefusedForThisFileAlone() throws Exception {
        String documents = newCollection() + "/documents";
        String mine = json(upload(documents, "Report.txt", "mine"))
                .path("items")
                .path(0)
                .path("document")
                .path("id")
                .asString();

        HttpResponse<String> mixed = upload(documents, "Report.txt", "theirs", "other.txt", "other");
        assertThat(mixed.statusCode()).isEqualTo(202);
        JsonNode items = json(mixed).path("items");
        assertThat(values(items, "outcome")).containsExactly("refused", "added");
        assertThat(values(items, "code")).containsExactly("document_exists", "");
        assertThat(items.path(0).path("document").path("id").asString()).isEqualTo(mine);
        assertThat(items.path(0).path("job").isMissingNode()
                        || items.path(0).path("job").isNull())
                .isTrue();
        assertThat(json(mixed).path("documents").size()).isEqualTo(1);

        HttpResponse<String> refused = upload(documents, "Report.txt", "theirs");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(json(refused).path("code").asString()).isEqualTo("document_exists");
        assertThat(json(refused).path("requestId").asString())
                .isEqualTo(refused.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(json(refused)
                        .path("items")
                        .path(0)
                        .path("document")
                        .path("id")
                        .asString())
                .isEqualTo(mine);
    }

    @Test
    void upload_onConflict_replacesOrKeepsBoth() throws Exception {
        String documents = newCollection() + "/documents";
        assertThat(upload(documents, "Report.txt", "one").statusCode()).isEqualTo(202);

        JsonNode replaced = json(upload(documents + "?onConflict=replace", "Report.txt", "two"));
        assertThat(values(replaced.path("items"), "outcome")).containsExactly("replaced");
        JsonNode both = json(upload(documents + "?onConflict=keepBoth", "Report.txt", "three"));
        assertThat(values(both.path("items"), "outcome")).containsExactly("renamed");
        assertThat(values(both.path("items"), "path")).containsExactly("Report (2).txt");
        HttpResponse<String> unknown = upload(documents + "?onConflict=overwrite", "Report.txt", "four");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown).path("errors").path(0).path("field").asString())
                .isEqualTo("onConflict");
    }

    @Test
    void filter_ofTagsAndMetadata_restrictsSearchesAndQuestions() throws Exception {
        String collection = newCollection();
        upload(
                collection + "/documents",
                "ann.md",
                "---\nauthor: Ann Lee\ncreated: 2025-03-01\n---\n# Warranty\n\nThe warranty lasts two years.\n",
                "bob.md",
                "---\nauthor: Bob Ray\ncreated: 2024-03-01\n---\n# Warranty\n\nThe warranty lasts nine years.\n");
        assertThat(server.bean(JobService.class).awaitIdle(Duration.ofSeconds(60)))
                .isTrue();
        JsonNode ann = json(server.get(collection + "/documents?query=ann")).at("/items/0");
        assertThat(ann.at("/metadata/author/0").asString()).isEqualTo("Ann Lee");
        assertThat(ann.has("tags")).isFalse();
        String document = "/api/v1/documents/" + ann.path("id").asString();

        String byAuthor = "{\"all\":[{\"field\":\"metadata.author\",\"equals\":\"bob ray\"}]}";
        String byTag = "{\"all\":[{\"field\":\"tags\",\"anyOf\":[\"VALID\"]},"
                + "{\"field\":\"created\",\"from\":\"2025-01-01\",\"to\":\"2025-12-31\"}]}";
        String id = collection.substring(collection.lastIndexOf('/') + 1);
        assertThat(found(id, byAuthor)).containsExactly("upload:bob.md");
        assertThat(found(id, byTag)).isEmpty();

        JsonNode tagged = json(put(document + "/tags", "{\"tags\":[\" valid \",\"x\"]}"));
        assertThat(tagged.at("/tags").valueStream().map(JsonNode::asString)).containsExactly("valid", "x");
        assertThat(found(id, byTag)).containsExactly("upload:ann.md");
        JsonNode fields = json(server.get(collection + "/fields")).path("items");
        assertThat(values(fields, "field")).contains("tags", "created", "metadata.author", "media_type");
        assertThat(fields.at("/0/values/0").toString()).isEqualTo("{\"value\":\"valid\",\"documents\":1}");

        assertThat(json(server.post(collection + "/documents/count", "{\"filter\":" + byTag + "}"))
                        .toString())
                .isEqualTo("{\"documents\":1}");
        HttpResponse<String> unfiltered = server.post(collection + "/documents/count", "{}");
        assertThat(unfiltered.statusCode()).isEqualTo(400);
        assertThat(unfiltered.body()).contains("The filter has no condition.");

        assertThat(listed(collection, "?filter=" + encode(byTag))).containsExactly("upload:ann.md");
        assertThat(listed(collection, "?filter=" + encode(byAuthor))).containsExactly("upload:bob.md");
        assertThat(listed(collection, "?query=ann&filter=" + encode(byAuthor))).isEmpty();
        assertThat(listed(collection, "?status=failed&filter=" + encode(byTag))).isEmpty();
        assertThat(listed(collection, "?filter=")).hasSize(2);
        String byType = encode("{\"all\":[{\"field\":\"media_type\",\"equals\":\"text/markdown\"}]}");
        JsonNode firstPage = json(server.get(collection + "/documents?limit=1&filter=" + byType));
        List<String> onBothPages = new ArrayList<>(values(firstPage.path("items"), "uri"));
        assertThat(onBothPages).hasSize(1);
        onBothPages.addAll(listed(
                collection,
                "?limit=1&filter=" + byType + "&cursor="
                        + encode(firstPage.path("next").asString())));
        assertThat(onBothPages).containsExactlyInAnyOrder("upload:ann.md", "upload:bob.md");

        JsonNode asked = json(server.post(
                "/api/v1/ask",
                "{\"question\":\"How long does the warranty last?\",\"collections\":[\"" + id + "\"],\"filter\":"
                        + byTag + "}"));
        assertThat(asked.path("text").asString())
                .as("%s", asked)
                .contains("two years")
                .doesNotContain("nine");
    }

    private static List<String> listed(String collection, String query) throws Exception {
        return values(json(server.get(collection + "/documents" + query)).path("items"), "uri");
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static List<String> found(String collection, String filter) throws Exception {
        return values(
                json(server.post(
                                "/api/v1/search",
                                "{\"query\":\"warranty years\",\"collections\":[\"" + collection + "\"],\"filter\":"
                                        + filter + "}"))
                        .path("items"),
                "uri");
    }

    private static HttpResponse<String> put(String path, String body) throws Exception {
        return server.send(
                server.request(path).header("Content-Type", "application/json").PUT(TestServer.body(body)));
    }

    @Test
    void filter_thatIsWrong_isRefusedWithTheFieldAndWhatIsPossible() throws Exception {
        HttpResponse<String> unknown = server.post(
                "/api/v1/ask",
                "{\"question\":\"Why?\",\"filter\":{\"all\":[{\"field\":\"colour\",\"equals\":\"red\"}]}}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json(unknown).at("/errors/0/field").asString()).isEqualTo("filter.all[0].field");
        assertThat(json(unknown).path("detail").asString()).contains("metadata.author");

        String documents = newCollection() + "/documents?filter=";
        JsonNode unknownField = json(server.get(documents
                + encode("{\"all\":[{\"field\":\"tags\",\"equals\":\"a\"},{\"field\":\"colour\",\"equals\":1}]}")));
        assertThat(unknownField.at("/errors/0/field").asString()).isEqualTo("filter.all[1].field");
        JsonNode unknownName = json(server.get(documents + encode("{\"all\":[{\"field\":\"tags\",\"is\":\"a\"}]}")));
        assertThat(unknownName.at("/errors/0/field").asString()).isEqualTo("filter.all[0].is");
        assertThat(unknownName.path("detail").asString()).contains("is unknown", "`anyOf`");
        for (String broken : List.of("tags", "{\"all\":[]", "[]", "{\"all\":[]} {}", "{\"all\":[],\"all\":[]}")) {
            HttpResponse<String> refused = server.get(documents + encode(broken));
            assertThat(refused.statusCode()).as(broken).isEqualTo(400);
            assertThat(json(refused).at("/errors/0/field").asString())
                    .as(broken)
                    .startsWith("filter");
            assertThat(json(refused).path("detail").asString()).as(broken).doesNotContain("body");
        }
        assertThat(put("/api/v1/documents/none/tags", "{\"tags\":[]}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void change_withTheTagOfAnotherState_isRefusedAndChangesNothing() throws Exception {
        String collection = newCollection();
        String seen = tag(server.get(collection));
        assertThat(change("PATCH", collection, seen, "{\"name\":\"First\"}").statusCode())
                .isEqualTo(200);

        HttpResponse<String> late = change("PATCH", collection, seen, "{\"name\":\"Second\"}");
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(json(late).path("code").asString()).isEqualTo("precondition_failed");
        assertThat(json(late).path("detail").asString()).contains(tag(server.get(collection)), "Read it again");
        assertThat(change("DELETE", collection, seen, "").statusCode()).isEqualTo(412);
        assertThat(json(server.get(collection)).path("name").asString()).isEqualTo("First");
        assertThat(change("PATCH", collection, "no tag", "{\"name\":\"Second\"}")
                        .statusCode())
                .isEqualTo(400);
        // What is invalid without the condition is invalid with it (RFC 9110, 13.2.1).
        assertThat(change("PATCH", collection, seen, "{\"name\":\"\"}").statusCode())
                .isEqualTo(400);
        // The tag says nothing about the numbers of documents, so it is none for If-None-Match.
        assertThat(server.send(server.request(collection).header("If-None-Match", tag(server.get(collection))))
                        .statusCode())
                .isEqualTo(200);

        String document = "/api/v1/documents/"
                + json(upload(collection + "/documents", "a.txt", "One."))
                        .at("/items/0/document/id")
                        .asString();
        String before = tag(server.get(document));
        assertThat(change("PUT", document + "/tags", "\"x\", " + before, "{\"tags\":[\"a\"]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(change("PUT", document + "/tags", before, "{\"tags\":[]}").statusCode())
                .isEqualTo(412);
        assertThat(change("DELETE", document, before, "").statusCode()).isEqualTo(412);
        assertThat(json(server.get(document)).path("tags").toString()).isEqualTo("[\"a\"]");
        assertThat(change("PUT", document + "/tags", "*", "{\"tags\":[]}").statusCode())
                .isEqualTo(200);
        assertThat(change("DELETE", document, tag(server.get(document)), "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void changesAtOnce_withTheSameTag_succeedOnce() throws Exception {
        String collection = newCollection();
        String seen = tag(server.get(collection));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> renamed = IntStream.range(0, 12)
                    .mapToObj(
                            i -> threads.submit(() -> change("PATCH", collection, seen, "{\"name\":\"Name " + i + "\"}")
                                    .statusCode()))
                    .toList();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> one : renamed) {
                statuses.add(one.get());
            }
            assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
        }
    }

    @Test
    void deletionAndChangeAtOnce_withTheSameTag_oneSucceeds() throws Exception {
        String collection = newCollection();
        for (int round = 0; round < 5; round++) {
            String document = "/api/v1/documents/"
                    + json(upload(collection + "/documents", round + ".txt", "Number " + round + "."))
                            .at("/items/0/document/id")
                            .asString();
            // The end of its reading changes the document, too.
            JobService jobs = server.bean(JobService.class);
            assertThat(jobs.awaitIdle(Duration.ofSeconds(60))).isTrue();
            String seen = tag(server.get(document));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<HttpResponse<String>> deleted = threads.submit(() -> change("DELETE", document, seen, ""));
                Future<HttpResponse<String>> changed =
                        threads.submit(() -> change("PUT", document + "/tags", seen, "{\"tags\":[\"a\"]}"));
                List<Integer> statuses =
                        List.of(deleted.get().statusCode(), changed.get().statusCode());
                assertThat(statuses).isIn(List.of(List.of(204, 404), List.of(412, 200)));
            }
        }
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    private static HttpResponse<String> change(String method, String path, String ifMatch, String json)
            throws Exception {
        return server.send(server.request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .method(method, TestServer.body(json)));
    }

    @Test
    void conversationsOfACollection_areKeptForItsDays() throws Exception {
        String path = newCollection();
        String collection = path.substring(path.lastIndexOf('/') + 1);
        String seen = tag(server.get(path));
        String asked = "{\"collections\":[\"" + collection + "\"]}";
        JsonNode before = json(server.post("/api/v1/conversations", asked));
        assertThat(before.has("expiresAt")).isFalse();

        JsonNode changed = json(change("PATCH", path, seen, "{\"conversationsKeptDays\":7}"));
        assertThat(changed.path("conversationsKeptDays").asInt()).isEqualTo(7);
        assertThat(changed.path("name").asString()).isEqualTo("Uploads");
        assertThat(change("PATCH", path, seen, "{\"conversationsKeptDays\":8}").statusCode())
                .isEqualTo(412);
        String cookie = server.newCookie("/api/v1/collections");
        JsonNode made = json(visit(cookie, "/api/v1/conversations", asked));
        String conversation = "/api/v1/conversations/" + made.path("id").asString();
        for (JsonNode shown : List.of(
                made,
                json(visit(cookie, conversation, null)),
                json(visit(cookie, "/api/v1/conversations", null)).at("/items/0"))) {
            assertThat(Instant.parse(shown.path("expiresAt").asString()))
                    .isEqualTo(Instant.parse(shown.path("updatedAt").asString()).plus(Duration.ofDays(7)));
        }
        for (String wrong : List.of("0", "3651", "-1", "7.5", "\"7\"", "[]")) {
            HttpResponse<String> refused =
                    change("PATCH", path, "*", "{\"conversationsKeptDays\":" + wrong + "}");
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(refused.body()).as(wrong).contains("conversationsKeptDays");
        }
        assertThat(change("PATCH", path, "*", "{}").statusCode()).isEqualTo(400);
        JsonNode renamed = json(change("PATCH", path, "*", "{\"name\":\"Other\"}"));
        assertThat(renamed.path("conversationsKeptDays").asInt()).isEqualTo(7);
        JsonNode reset = json(change("PATCH", path, "*", "{\"conversationsKeptDays\":null}"));
        assertThat(reset.has("conversationsKeptDays")).isFalse();
        assertThat(reset.path("name").asString()).isEqualTo("Other");
        assertThat(json(visit(cookie, conversation, null)).has("expiresAt")).isFalse();
    }

    @Test
    void largeDocument_showsItsPassagesInJobDocumentAndList() throws Exception {
        String documents = newCollection() + "/documents";
        String text = IntStream.range(0, 1_000)
                .mapToObj(i -> "# Part " + i + "\n\n" + ("Part " + i + " is about tower number " + i + ". ").repeat(20))
                .collect(Collectors.joining("\n\n"));
        JsonNode item = json(upload(documents, "large.md", text)).path("items").path(0);
        String id = item.path("document").path("id").asString();
        String job = "/api/v1/jobs/" + item.path("job").path("id").asString();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> json(server.send(server.request(job)))
                        .path("running")
                        .path(0)
                        .path("phase")
                        .asString("")
                        .equals("embedding"));

        JsonNode running = json(server.send(server.request(job)));
        assertThat(running.path("passages").path("total").asInt()).isGreaterThanOrEqualTo(1_000);
        assertThat(running.path("running").path(0).path("documentId").asString())
                .isEqualTo(id);
        JsonNode shown = json(server.send(server.request("/api/v1/documents/" + id)));
        assertThat(shown.path("progress").path("passages").path("total").asInt())
                .isEqualTo(running.path("passages").path("total").asInt());
        assertThat(json(server.send(server.request(documents)))
                        .path("items")
                        .path(0)
                        .path("progress")
                        .path("phase")
                        .asString())
                .isEqualTo("embedding");

        server.bean(JobService.class).cancel(TestAccess.OPERATOR, new JobId(job.substring(job.lastIndexOf('/') + 1)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> json(server.send(server.request("/api/v1/documents/" + id)))
                        .path("status")
                        .asString()
                        .equals("failed"));
        assertThat(json(server.send(server.request("/api/v1/documents/" + id))).has("progress"))
                .isFalse();
    }

    @Test
    void pathsOfTheServer_areForOperatorsOnly(@TempDir Path temporary) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("notes/sub"));
        Files.writeString(
                folder.resolve("tower.txt"), "The tower of Belem was built of violet stone in 1519.\n".repeat(3));
        String key = "Bearer " + OperatorKey.read(server.folder());
        String sources = newCollection() + "/sources";
        JsonNode source = json(server.send(server.request(sources)
                .header("Authorization", key)
                .header("Content-Type", "application/json")
                .POST(TestServer.body("{\"path\":\"" + temporary.resolve("notes") + "\"}"))));
        JobService jobs = server.bean(JobService.class);
        assertThat(jobs.await(
                                TestAccess.OPERATOR,
                                new JobId(source.path("job").path("id").asString()),
                                Duration.ofSeconds(60))
                        .status())
                .isEqualTo(JobStatus.DONE);
        String cookie = server.newCookie("/api/v1/collections");
        String documents = sources.replace("/sources", "/documents");
        JsonNode document = json(visit(cookie, documents, null)).path("items").path(0);
        assertThat(document.path("uri").asString()).isEqualTo("folder:sub/tower.txt");
        String id = document.path("id").asString();
        String question = "{\"question\":\"What is the tower of Belem built of?\"}";
        JsonNode conversation = json(visit(cookie, "/api/v1/conversations", "{}"));
        String conversationPath =
                "/api/v1/conversations/" + conversation.path("id").asString();
        FileSystemUtils.deleteRecursively(temporary.resolve("notes"));
        Job failed = jobs.await(
                TestAccess.OPERATOR,
                new JobId(json(server.send(server.request(
                                        "/api/v1/sources/" + source.path("id").asString() + "/scan")
                                .header("Authorization", key)
                                .POST(TestServer.NO_BODY)))
                        .path("id")
                        .asString()),
                Duration.ofSeconds(60));
        assertThat(failed.reason()).startsWith("The folder notes cannot be read.");

        Map<String, String> seen = new LinkedHashMap<>();
        for (String path : List.of(
                documents,
                "/api/v1/documents/" + id,
                "/api/v1/documents/" + id + "/text",
                "/api/v1/jobs",
                "/api/v1/jobs/" + failed.id(),
                "/api/v1/jobs/" + failed.id() + "/events",
                "/health")) {
            seen.put(path, visit(cookie, path, null).body());
        }
        seen.put(
                "search",
                visit(cookie, "/api/v1/search", "{\"query\":\"violet stone\"}").body());
        seen.put("ask", visit(cookie, "/api/v1/ask", question).body());
        seen.put(
                "stream",
                visit(cookie, "/api/v1/ask", question.replace("}", ",\"stream\":true}"))
                        .body());
        seen.put(
                "message",
                visit(cookie, conversationPath + "/messages", question.replace("question", "content"))
                        .body());
        for (String format : List.of("markdown", "json")) {
            seen.put(
                    format,
                    visit(cookie, conversationPath + "/export?format=" + format, null)
                            .body());
        }
        for (String name : List.of("search", "ask", "stream", "message", "markdown", "json")) {
            assertThat(seen.get(name)).as(name).contains("folder:sub/tower.txt");
        }
        assertThat(seen).allSatisfy((name, body) -> assertThat(body).as(name).doesNotContain(temporary.toString()));

        HttpResponse<String> own = server.send(server.request(sources).header("Authorization", key));
        assertThat(own.body()).contains(temporary.resolve("notes").toString());
    }

    @Test
    void source_isShownWithItsFindings(@TempDir Path temporary) throws Exception {
        Path notes = Files.createDirectories(temporary.resolve("notes"));
        Files.writeString(notes.resolve("a.txt"), "Cats sleep most of the day.");
        Files.createSymbolicLink(notes.resolve("b.txt"), notes.resolve("nowhere.txt"));
        Files.createSymbolicLink(notes.resolve("c.txt"), notes.resolve("nowhere.txt"));
        String sources = newCollection() + "/sources";
        JsonNode added = addFolder(sources, notes);
        assertThat(added.path("job").path("id").asString("")).isNotEmpty();
        awaitScan(added);

        JsonNode source = json(operate(source(added), null));
        assertThat(source.path("state").asString()).isEqualTo("ok");
        assertThat(source.path("reason").isMissingNode()).isTrue();
        assertThat(source.path("scannedAt").asString("")).isNotEmpty();
        assertThat(source.path("findings").path("dangling_link").asLong()).isEqualTo(2);
        assertThat(source.path("missing").path("count").asLong(-1)).isZero();
        assertThat(json(operate(sources, null)).path("items").path(0).path("id"))
                .isEqualTo(source.path("id"));

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode watch = json(operate(source(added), null)).path("watch");
            // A machine whose limits of watches are used up polls.
            assertThat(watch.path("mode").asString()).isIn("events", "polling");
            assertThat(watch.path("interval").asLong()).isPositive();
        });

        String findings = source(added) + "/findings?kind=dangling_link&limit=1";
        JsonNode page = json(operate(findings, null));
        assertThat(values(page.path("items"), "path")).containsExactly("b.txt");
        assertThat(values(page.path("items"), "kind")).containsExactly("dangling_link");
        assertThat(page.path("items").path(0).path("reason").asString()).contains("delete the link");
        page = json(operate(findings + "&cursor=" + page.path("next").asString(), null));
        assertThat(values(page.path("items"), "path")).containsExactly("c.txt");
        assertThat(page.path("next").isMissingNode()).isTrue();
        assertThat(json(operate(source(added) + "/missing", null)).path("items").size())
                .isZero();

        assertRefused(operate(source(added) + "/findings?kind=links", null), 400, "dangling_link, link, rule");
        assertRefused(operate(source(added) + "/findings?limit=0", null), 400, "It must be 1 to 200.");
        assertRefused(operate(source(added) + "/missing?limit=201", null), 400, "It must be 1 to 200.");
        assertRefused(operate(source(added) + "/missing?cursor=x", null), 400, "Use `next` of the previous page");
        assertRefused(operate("/api/v1/sources/none", null), 404, "There is no source none.");
    }

    @Test
    void source_withMissingFiles_asksAndSaysUntilWhen(@TempDir Path temporary) throws Exception {
        Path notes = Files.createDirectories(temporary.resolve("notes"));
        for (int i = 0; i < 12; i++) {
            Files.writeString(notes.resolve("n%02d.txt".formatted(i)), "Note number " + i + " is about cats.");
        }
        JsonNode added = addFolder(newCollection() + "/sources", notes);
        awaitScan(added);
        for (int i = 0; i < 8; i++) {
            Files.delete(notes.resolve("n%02d.txt".formatted(i)));
        }
        assertThat(scan(added, "{}").reasonCode()).isEqualTo("needs_confirmation");
        JsonNode held = json(operate(source(added), null));
        assertThat(held.path("state").asString()).isEqualTo("needs_confirmation");
        assertThat(held.path("reason").asString("")).contains("8 of 12 files");
        assertThat(held.path("documents").asLong()).isEqualTo(12);
        JsonNode missing = held.path("missing");
        assertThat(missing.path("count").asLong()).isEqualTo(8);
        Instant since = Instant.parse(missing.path("since").asString());
        assertThat(missing.path("deletedAfter").asString())
                .isEqualTo(since.plus(Duration.ofDays(7)).toString());
        JsonNode page = json(operate(source(added) + "/missing?limit=5", null));
        assertThat(values(page.path("items"), "path")).hasSize(5).startsWith("n00.txt", "n01.txt");
        assertThat(values(page.path("items"), "title")).allMatch(title -> title.startsWith("n0"));
        page = json(operate(
                source(added) + "/missing?limit=5&cursor=" + page.path("next").asString(), null));
        assertThat(values(page.path("items"), "path")).containsExactly("n05.txt", "n06.txt", "n07.txt");
        assertThat(values(page.path("items"), "documentId")).noneMatch(String::isEmpty);

        assertThat(scan(added, "{\"confirmDeletion\":true}").status()).isEqualTo(JobStatus.DONE);
        JsonNode confirmed = json(operate(source(added), null));
        assertThat(confirmed.path("state").asString()).isEqualTo("ok");
        assertThat(confirmed.path("documents").asLong()).isEqualTo(4);

        Files.move(notes, temporary.resolve("elsewhere"));
        scan(added, "{}");
        JsonNode away = json(operate(source(added), null));
        assertThat(away.path("missing").path("count").asLong()).isEqualTo(4);
        assertThat(away.path("missing").path("deletedAfter").isMissingNode()).isTrue();
    }

    private static Job scan(JsonNode source, String body) throws Exception {
        JsonNode job = json(operate(source(source) + "/scan", body));
        return server.bean(JobService.class)
                .await(TestAccess.OPERATOR, new JobId(job.path("id").asString()), Duration.ofSeconds(60));
    }

    @Test
    void source_scan_passesOnWhatIsAsked(@TempDir Path temporary) throws Exception {
        JsonNode added = addFolder(newCollection() + "/sources", Files.createDirectories(temporary.resolve("notes")));
        awaitScan(added);
        JobRepository repository = server.bean(JobRepository.class);
        JsonNode all = json(operate(source(added) + "/scan", "{\"compareContents\":true,\"confirmDeletion\":true}"));
        assertThat(repository.find(new JobId(all.path("id").asString()))).hasValueSatisfying(job -> {
            assertThat(job.compareContents()).isTrue();
            assertThat(job.confirmed()).isTrue();
        });
        server.bean(JobService.class)
                .await(TestAccess.OPERATOR, new JobId(all.path("id").asString()), Duration.ofSeconds(60));
        JsonNode plain = json(operate(source(added) + "/scan", "{}"));
        assertThat(repository.find(new JobId(plain.path("id").asString()))).hasValueSatisfying(job -> {
            assertThat(job.compareContents()).isFalse();
            assertThat(job.confirmed()).isFalse();
        });
        assertRefused(operate(source(added) + "/scan", "{\"confirm\":true}"), 400, "confirm");
        assertRefused(operate(source(added) + "/scan", "{\"compareContents\":\"yes\"}"), 400, "compareContents");
    }

    @Test
    void source_thatCannotBeAdded_isRefusedWithWhatToDo(@TempDir Path temporary) throws Exception {
        String sources = newCollection() + "/sources";
        Path file = Files.writeString(temporary.resolve("a.txt"), "Cats sleep.");
        Path loop = Files.createSymbolicLink(temporary.resolve("loop"), temporary.resolve("loop"));
        assertRefused(operate(sources, path(file)), 400, "is a file. Give the folder that it is in");
        assertRefused(operate(sources, path(temporary.resolve("none"))), 400, "There is no folder");
        assertRefused(operate(sources, path(loop)), 400, "that no link leads in a circle");
        assertRefused(operate(sources, "{\"path\":\"notes\"}"), 400, "is not absolute");
        assertRefused(operate(sources, "{\"path\":\"/a\\u0000b\"}"), 400, "path");
        assertRefused(operate(sources, "{}"), 400, "Give the absolute `path`");
    }

    @Test
    void source_thatHoldsAnother_isAcceptedAndSaysSo(@TempDir Path temporary) throws Exception {
        Path inner = Files.createDirectories(temporary.resolve("notes/inner"));
        Files.createDirectories(temporary.resolve("notes-2"));
        String sources = newCollection() + "/sources";
        JsonNode parent = addFolder(sources, temporary.resolve("notes"));
        addFolder(sources, temporary.resolve("notes-2"));
        JsonNode child = addFolder(sources, inner);
        assertThat(values(child.path("overlaps"), "relation")).containsExactly("parent");
        assertThat(child.path("overlaps").path(0).path("id")).isEqualTo(parent.path("id"));
        JsonNode shown = json(operate(source(parent), null));
        assertThat(values(shown.path("overlaps"), "relation")).containsExactly("child");
        assertThat(values(shown.path("overlaps"), "path"))
                .containsExactly(inner.toRealPath().toString());
        JsonNode again = addFolder(sources, inner);
        assertThat(again.path("id")).isEqualTo(child.path("id"));
    }

    /** Its rules cannot be read, which keeps the watcher from starting. */
    @Test
    void source_thatCannotBeWatched_isAdded(@TempDir Path temporary) throws Exception {
        Path notes = Files.createDirectories(temporary.resolve("notes"));
        Files.write(notes.resolve(".lecternignore"), new byte[] {(byte) 0xE9, '\n'});
        HttpResponse<String> added = operate(newCollection() + "/sources", path(notes));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(202);
    }

    private static JsonNode addFolder(String sources, Path folder) throws Exception {
        HttpResponse<String> added = operate(sources, path(folder));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(202);
        return json(added);
    }

    private static String source(JsonNode source) {
        return "/api/v1/sources/" + source.path("id").asString();
    }

    private static String path(Path folder) {
        return "{\"path\":\"" + folder + "\"}";
    }

    private static void awaitScan(JsonNode source) throws Exception {
        assertThat(server.bean(JobService.class)
                        .await(
                                TestAccess.OPERATOR,
                                new JobId(source.path("job").path("id").asString()),
                                Duration.ofSeconds(60))
                        .status()
                        .isFinal())
                .isTrue();
    }

    private static void assertRefused(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains(detail);
    }

    /** @param body JSON to post; null to get */
    private static HttpResponse<String> operate(String path, @Nullable String body) throws Exception {
        var request = server.request(path).header("Authorization", "Bearer " + OperatorKey.read(server.folder()));
        return server.send(
                body == null
                        ? request
                        : request.header("Content-Type", "application/json").POST(TestServer.body(body)));
    }

    /** @param body JSON to post; null to get */
    private static HttpResponse<String> visit(String cookie, String path, @Nullable String body) throws Exception {
        var request = server.request(path).header("Cookie", cookie);
        return server.send(
                body == null
                        ? request
                        : request.header("Content-Type", "application/json").POST(TestServer.body(body)));
    }
}
