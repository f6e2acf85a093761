package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.CapturedLog;
import dev.lectern.NeedsServer;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.web.HttpTestClient.Event;
import dev.lectern.answering.web.HttpTestClient.Events;
import dev.lectern.answering.web.HttpTestClient.Reply;
import dev.lectern.library.SearchFilter;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.QuoteOutcome;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.TestAccess;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.keys.ApiKeys;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Scope;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import tools.jackson.databind.JsonNode;

@Timeout(60)
@OnEveryDatabase
@SuppressWarnings("NullAway.Init") // Made once for each database.
@NeedsServer
class QuestionHttpTest {
    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static AnsweringTestServer server;

    private HttpTestClient anna;
    private String conversation;

    /** The methods below are given what this is given. */
    QuestionHttpTest(DatabaseEngine databaseEngine) {}

    @BeforeParameterizedClassInvocation
    static void start(DatabaseEngine databaseEngine) {
        Path data = folder.resolve(databaseEngine.name());
        database = databaseEngine.open(data);
        server = AnsweringTestServer.start(
                data,
                database.arguments(
                        "lectern.answering.max-turns=3",
                        "lectern.answering.reader-grace=2s",
                        "lectern.answering.keep-every=100ms"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
        database.close();
    }

    @BeforeEach
    void reset() throws Exception {
        server.model.script = ScriptedModel.writes("Employees receive 28 days ", "of annual leave each year. [1]");
        server.model.cancelled.set(0);
        server.model.ending = Finish.COMPLETE;
        server.retriever.evidence = Evidence.ENOUGH;
        server.retriever.fails = null;
        server.quoter.outcome = new QuoteOutcome.Quotes(List.of(new QuoteOutcome.Quote(1, 0, 52)), 0.9);
        server.library.put(SamplePassages.HANDBOOK);
        anna = server.reader();
        conversation = anna.newConversation();
    }

    @Test
    void ask_stream_comesInOrderAndUnbuffered() throws Exception {
        try (Events events = anna.ask(conversation, "How many days?")) {
            var headers = events.response.headers();
            assertThat(headers.firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(headers.firstValue("X-Accel-Buffering")).contains("no");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store, no-transform");
            assertThat(headers.firstValue("Content-Encoding")).isEmpty();
            List<Event> all = events.rest();
            assertThat(all)
                    .extracting(Event::name)
                    .startsWith("started", "passages")
                    .endsWith("citations", "finished");
            assertThat(all.stream().map(event -> Long.parseLong(event.id())).toList())
                    .isSorted()
                    .doesNotHaveDuplicates();
            JsonNode answer = all.getLast().data().at("/answer");
            assertThat(answer.at("/status").asString()).isEqualTo("answered");
            assertThat(answer.at("/text").asString()).isEqualTo(Event.text(all));
            assertThat(answer.at("/citations/0/quote").asString())
                    .isEqualTo("Employees receive 28 days of annual leave each year.");
        }
    }

    @Test
    void ask_json_isTheAnswerAndIsKept() throws Exception {
        Reply reply = anna.call("POST", messages(), Map.of("content", "How many days?"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/status")).isEqualTo("answered");
        assertThat(reply.at("/conversationId")).isEqualTo(conversation);

        Reply list = anna.call("GET", messages(), null);
        assertThat(list.at("/items/0/id")).isEqualTo(reply.at("/id"));
        assertThat(list.at("/items/0/status")).isEqualTo("complete");
        assertThat(list.at("/items/0/answer/text")).isEqualTo(reply.at("/text"));
        assertThat(list.at("/items/1/content")).isEqualTo("How many days?");
        assertThat(anna.call("GET", "/conversations", null).at("/items/0/title"))
                .isEqualTo("How many days?");
    }

    @Test
    void ask_withFilter_searchesWithItAndShowsItInTheHistory() throws Exception {
        Map<String, Object> filter = Map.of("all", List.of(Map.of("field", "tags", "anyOf", List.of("Contract"))));
        Reply reply = anna.call("POST", messages(), Map.of("content", "How many weeks?", "filter", filter));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Objects.requireNonNull(server.retriever.last).filter())
                .isEqualTo(new SearchFilter(
                        List.of(new SearchFilter.AnyOf("tags", Set.of("contract"), Set.of(), Set.of()))));
        JsonNode stored = anna.call("GET", messages(), null).body().at("/items/1/filter");
        assertThat(stored.at("/all/0/field").asString()).isEqualTo("tags");
        assertThat(stored.at("/all/0/anyOf/0").asString()).isEqualTo("Contract");
    }

    @Test
    void ask_badQuestions_areClearErrors() throws Exception {
        for (Object bad : List.of(
                Map.of("content", "  "),
                Map.of("content", "x".repeat(4_001)),
                Map.of("content", "x".repeat(100_000)),
                Map.of())) {
            Reply reply = anna.call("POST", messages(), bad);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.at("/code")).isEqualTo("invalid_request");
            assertThat(reply.at("/errors/0/field")).isEqualTo("content");
        }
        try (Events refused = anna.ask(conversation, " ")) {
            assertThat(refused.response.statusCode()).isEqualTo(400);
            assertThat(refused.response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
        }
        assertThat(anna.call("POST", messages(), "{\"content\": ").status()).isEqualTo(400);
        assertThat(anna.call("POST", messages(), Map.of("content", "x".repeat(2_000_000)))
                        .status())
                .isEqualTo(413);
        assertThat(anna.call("POST", "/conversations/none/messages", Map.of("content", "Q?"))
                        .status())
                .isEqualTo(404);
        assertThat(anna.call("POST", "/ask", Map.of("question", "Q?", "collections", List.of("none")))
                        .status())
                .isEqualTo(404);
        assertThat(anna.call("GET", messages(), null).body().at("/items")).isEmpty();
    }

    @Test
    void ask_inSomebodyElsesConversation_isNotFound() throws Exception {
        String answer = anna.call("POST", messages(), Map.of("content", "How many days?"))
                .at("/id");
        HttpTestClient boris = server.reader();
        assertThat(boris.call("POST", messages(), Map.of("content", "Q?")).status())
                .isEqualTo(404);
        assertThat(boris.call("GET", messages(), null).status()).isEqualTo(404);
        assertThat(boris.call("GET", messages() + "/" + answer + "/events", null)
                        .status())
                .isEqualTo(404);
        assertThat(boris.call("POST", messages() + "/" + answer + "/stop", null).status())
                .isEqualTo(404);
        assertThat(boris.call("POST", "/messages/" + answer + "/feedback", Map.of("rating", "up"))
                        .status())
                .isEqualTo(404);
        assertThat(boris.call("GET", "/conversations/" + conversation + "/export", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void resume_afterADroppedConnection_goesOnWhereItWas() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.model.script = ScriptedModel.pausing("Employees receive 28 days ", go, "of annual leave. [1]");
        Event delta;
        String message;
        try (Events events = anna.ask(conversation, "How many days?")) {
            message = events.until("started").data().at("/messageId").asString();
            delta = events.until("delta");
        }
        try (Events again = anna.resume(conversation, message, delta.id())) {
            go.countDown();
            List<Event> rest = again.rest();
            assertThat(rest)
                    .extracting(Event::name)
                    .doesNotContain("started", "passages")
                    .endsWith("finished");
            assertThat(delta.data().at("/text").asString() + Event.text(rest))
                    .isEqualTo("Employees receive 28 days of annual leave. [1]");
        }
        try (Events kept = anna.resume(conversation, message, delta.id())) {
            assertThat(delta.data().at("/text").asString() + Event.text(kept.rest()))
                    .isEqualTo("Employees receive 28 days of annual leave. [1]");
        }
        try (Events whole = anna.resume(conversation, message, null)) {
            assertThat(Event.text(whole.rest())).isEqualTo("Employees receive 28 days of annual leave. [1]");
        }
    }

    @Test
    void ask_readerGoneForGood_stopsTheModelAndKeepsWhatWasWritten() throws Exception {
        server.model.script = (onText, cancellation) -> {
            for (int i = 0; i < 400 && !cancellation.isCancelled(); i++) {
                onText.accept("word ");
                Thread.sleep(50);
            }
        };
        String message;
        try (Events events = anna.ask(conversation, "How many days?")) {
            message = events.until("started").data().at("/messageId").asString();
            events.until("delta");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        anna.call("GET", messages(), null).at("/items/0/status").equals("interrupted"));
        assertThat(server.model.cancelled.get()).isOne();
        Reply kept = anna.call("GET", messages() + "/" + message, null);
        assertThat(kept.at("/answer/reason")).isEqualTo("interrupted");
        assertThat(kept.at("/answer/text")).startsWith("word word");
        server.model.script = ScriptedModel.writes("Yes. [1]");
        assertThat(anna.call("POST", messages(), Map.of("content", "Again?")).at("/text"))
                .isEqualTo("Yes. [1]");
    }

    @Test
    void stop_running_endsWithWhatWasWritten() throws Exception {
        server.model.script = ScriptedModel.pausing("Employees receive 28 days. [1]", new CountDownLatch(1), "never");
        try (Events events = anna.ask(conversation, "How many days?")) {
            String message = events.until("started").data().at("/messageId").asString();
            events.until("delta");
            assertThat(anna.call("POST", messages() + "/" + message + "/stop", null)
                            .status())
                    .isEqualTo(204);
            JsonNode answer = events.until("finished").data().at("/answer");
            assertThat(answer.at("/status").asString()).isEqualTo("failed");
            assertThat(answer.at("/reason").asString()).isEqualTo("stopped");
            assertThat(answer.at("/text").asString()).isEqualTo("Employees receive 28 days. [1]");
            assertThat(answer.at("/citations")).hasSize(1);
            assertThat(anna.call("GET", messages(), null).at("/items/0/status")).isEqualTo("interrupted");
            assertThat(anna.call("POST", messages() + "/" + message + "/stop", null)
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void ask_whileAnotherRuns_conflictsAndTooManyAreTurnedAway() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.model.script = ScriptedModel.pausing("Employees ", go, "rest. [1]");
        List<Events> open = new ArrayList<>();
        open.add(anna.ask(conversation, "One?"));
        open.getFirst().until("delta");
        assertThat(anna.call("POST", messages(), Map.of("content", "Two?")).status())
                .isEqualTo(409);
        for (int i = 0; i < 2; i++) {
            Events events = anna.ask(anna.newConversation(), "More?");
            events.until("delta");
            open.add(events);
        }
        String quiet = anna.newConversation();
        Reply refused = anna.call("POST", "/conversations/" + quiet + "/messages", Map.of("content", "Too many?"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.at("/code")).isEqualTo("too_many_requests");
        assertThat(refused.response().headers().firstValue("Retry-After")).contains("5");
        assertThat(anna.call("GET", "/conversations/" + quiet + "/messages", null)
                        .body()
                        .at("/items"))
                .isEmpty();
        go.countDown();
        for (Events events : open) {
            events.until("finished");
            events.close();
        }
    }

    @Test
    void ask_manyInParallel_eachIsAnsweredOrTurnedAwayAndNoPlaceIsLost() throws Exception {
        Callable<Integer> ask = () -> {
            HttpTestClient reader = server.reader();
            String path = "/conversations/" + reader.newConversation() + "/messages";
            return reader.call("POST", path, Map.of("content", "How many days?"))
                    .status();
        };
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 4; round++) {
                List<Integer> statuses = new ArrayList<>();
                for (var one : executor.invokeAll(Collections.nCopies(12, ask))) {
                    statuses.add(one.get());
                }
                assertThat(statuses).contains(200).isSubsetOf(200, 429);
            }
        }
    }

    @Test
    void ask_withoutTheIndex_isAStatusOrAFailedEvent() throws Exception {
        server.retriever.fails = ErrorCode.INDEX_UNAVAILABLE;
        Reply reply = anna.call("POST", messages(), Map.of("content", "How many days?"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.at("/code")).isEqualTo("index_unavailable");
        try (Events events = anna.ask(conversation, "How many days?")) {
            assertThat(events.until("failed").data().at("/problem/code").asString())
                    .isEqualTo("index_unavailable");
        }
        assertThat(anna.call("GET", messages(), null).at("/items/0/status")).isEqualTo("failed");
        assertThat(anna.call("GET", messages(), null).at("/items/0/answer/reason"))
                .isEqualTo("index_unavailable");
    }

    @Test
    void ask_modelUnavailable_quotesAndSaysSo() throws Exception {
        server.model.script = (_, _) -> {
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        Reply reply = anna.call("POST", "/ask", Map.of("question", "How many days?"));
        assertThat(reply.at("/model")).isEqualTo("extractive");
        assertThat(reply.at("/status")).isEqualTo("answered");
        assertThat(reply.at("/fallback/from")).isEqualTo("scripted:one");
        assertThat(reply.at("/fallback/reason")).isEqualTo("model_unavailable");
        try (Events events = anna.ask(conversation, "How many days?")) {
            assertThat(events.until("finished")
                            .data()
                            .at("/answer/fallback/reason")
                            .asString())
                    .isEqualTo("model_unavailable");
        }
        Reply stored = anna.call("GET", messages(), null);
        assertThat(stored.at("/items/0/answer/fallback/from")).isEqualTo("scripted:one");
        assertThat(stored.at("/items/0/answer/plainText"))
                .startsWith("Employees receive 28 days of annual leave each year. [1]");
        assertThat(export()).contains("Answered by quotation, since the model scripted:one did not answer");
    }

    @Test
    void ask_outputCutByItsLength_saysSoNowAndLater() throws Exception {
        server.model.script = ScriptedModel.writes("Version 10\\.2.1 has **28** days. [1] And");
        server.model.ending = Finish.LENGTH;
        try (Events events = anna.ask(conversation, "How many days?")) {
            JsonNode answer = events.until("finished").data().path("answer");
            assertThat(answer.path("truncated").asString()).isEqualTo("length");
            assertThat(answer.path("plainText").asString()).isEqualTo("Version 10.2.1 has 28 days. [1] And");
        }
        Reply stored = anna.call("GET", messages(), null);
        assertThat(stored.at("/items/0/answer/truncated")).isEqualTo("length");
        assertThat(stored.at("/items/0/answer/text")).isEqualTo("Version 10\\.2.1 has **28** days. [1] And");
        assertThat(export()).contains("The answer was cut off: the model reached its length limit.");
    }

    @Test
    void ask_failsInTheMiddle_hasTheSameAnswerInTheEventAndLater() throws Exception {
        server.model.script = (onText, _) -> {
            onText.accept("Employees receive 28 days. [1] And");
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        JsonNode answer;
        try (CapturedLog log = CapturedLog.start();
                Events events = anna.ask(conversation, "How many days?")) {
            answer = events.until("failed").data().path("answer");
            assertThat(log.warnings("failed with model_unavailable after 34 characters: Gone."))
                    .hasSize(1);
            assertThat(log.hasStackTrace()).isFalse();
        }
        assertThat(answer.path("text").asString()).isEqualTo("Employees receive 28 days. [1] And");
        assertThat(answer.at("/citations/0/number").asInt()).isOne();
        Reply stored = anna.call("GET", messages(), null);
        for (String field : List.of("/text", "/plainText", "/reason", "/usage/outputTokens", "/citations/0/quote")) {
            assertThat(stored.body().at("/items/0/answer" + field)).as(field).isEqualTo(answer.at(field));
        }
    }

    private String export() throws Exception {
        return anna.call("GET", "/conversations/" + conversation + "/export?format=markdown", null)
                .response()
                .body();
    }

    @Test
    void ask_weakEvidence_showsTheNearestNowAndLater() throws Exception {
        server.retriever.evidence = Evidence.WEAK;
        Reply reply = anna.call("POST", messages(), Map.of("content", "Who won?"));
        assertThat(reply.at("/reason")).isEqualTo("too_weak");
        assertThat(reply.body().at("/nearest")).hasSize(2);
        server.library.delete(SamplePassages.HANDBOOK.document());
        Reply later = anna.call("GET", messages(), null);
        assertThat(later.body().at("/items/0/answer/nearest")).hasSize(1);
        assertThat(later.at("/items/0/answer/nearest/0/text")).startsWith("Part-time staff");
    }

    @Test
    void messages_documentChanged_saysSoAndDeletedWithholdsItsWords() throws Exception {
        anna.call("POST", messages(), Map.of("content", "How many days?"));
        server.library.put(SamplePassages.passage(
                "doc1",
                2,
                0,
                "Employee handbook",
                "upload:handbook.pdf",
                1,
                List.of(),
                0,
                "Employees receive 30 days."));
        Reply changed = anna.call("GET", messages(), null);
        assertThat(changed.at("/items/0/answer/citations/0/state")).isEqualTo("changed");
        assertThat(changed.at("/items/0/answer/citations/0/quote")).contains("28 days");

        server.library.delete(SamplePassages.HANDBOOK.document());
        Reply deleted = anna.call("GET", messages(), null);
        assertThat(deleted.at("/items/0/answer/citations/0/state")).isEqualTo("deleted");
        assertThat(deleted.at("/items/0/answer/citations/0/quote")).isEmpty();
        assertThat(deleted.at("/items/0/answer/citations/0/title")).isEqualTo("Employee handbook");
    }

    @Test
    void messages_quotedDocumentDeleted_withholdsTheSentenceEverywhere() throws Exception {
        server.model.script = (_, _) -> {
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        server.quoter.outcome = new QuoteOutcome.Quotes(
                List.of(new QuoteOutcome.Quote(1, 0, 52), new QuoteOutcome.Quote(2, 0, 59)), 0.9);
        String answer = anna.call("POST", messages(), Map.of("content", "How many days?"))
                .at("/id");
        server.library.delete(SamplePassages.HANDBOOK.document());

        List<String> shown = new ArrayList<>();
        shown.add(anna.call("GET", messages(), null).response().body());
        for (String format : List.of("markdown", "json")) {
            shown.add(anna.call("GET", "/conversations/" + conversation + "/export?format=" + format, null)
                    .response()
                    .body());
        }
        try (Events events = anna.resume(conversation, answer, null)) {
            shown.add(events.rest().toString());
        }
        for (String text : shown) {
            assertThat(text)
                    .doesNotContain("28 days")
                    .contains("document was deleted")
                    .contains("Part-time staff");
        }
    }

    @Test
    void repeatedQuestion_afterItsDocumentWasDeleted_withholdsItsText() throws Exception {
        server.model.script = (_, _) -> {
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        server.quoter.outcome = new QuoteOutcome.Quotes(
                List.of(new QuoteOutcome.Quote(1, 0, 52), new QuoteOutcome.Quote(2, 0, 59)), 0.9);
        List<Callable<Reply>> questions = List.of(
                () -> anna.call("POST", "/ask", Map.of("question", "How many days?"), "Idempotency-Key", "a1"),
                () -> anna.call(
                        "POST", "/ask", Map.of("question", "How many?", "stream", true), "Idempotency-Key", "a2"),
                () -> anna.call("POST", messages(), Map.of("content", "How many?"), "Idempotency-Key", "a3"),
                () -> anna.call(
                        "POST",
                        messages(),
                        Map.of("content", "How many days?"),
                        "Idempotency-Key",
                        "a4",
                        "Accept",
                        "text/event-stream"));
        List<Reply> first = new ArrayList<>();
        for (Callable<Reply> question : questions) {
            first.add(question.call());
            assertThat(first.getLast().response().body()).contains("28 days");
        }
        server.library.delete(SamplePassages.HANDBOOK.document());
        for (int i = 0; i < questions.size(); i++) {
            Reply again = questions.get(i).call();
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.response().headers().firstValue("Idempotency-Replayed"))
                    .hasValue("true");
            assertThat(again.response().headers().firstValue("Content-Type"))
                    .isEqualTo(first.get(i).response().headers().firstValue("Content-Type"));
            assertThat(again.at("/id")).isEqualTo(first.get(i).at("/id"));
            assertThat(again.response().body())
                    .doesNotContain("28 days")
                    .contains("document was deleted", "Part-time staff");
        }
        assertThat(anna.call("GET", messages(), null).body().at("/items")).hasSize(4);
        anna.call("DELETE", "/conversations/" + conversation, null);
        assertThat(questions.get(2).call().status()).isEqualTo(404);
    }

    @Test
    void repeatedQuestion_whoseStreamFailed_runsAgain() throws Exception {
        server.retriever.fails = ErrorCode.INDEX_UNAVAILABLE;
        Callable<Reply> question = () ->
                anna.call("POST", "/ask", Map.of("question", "How many?", "stream", true), "Idempotency-Key", "b1");
        assertThat(question.call().response().body()).contains("event: failed");
        server.retriever.fails = null;
        assertThat(question.call().response().body()).contains("event: finished");
        assertThat(question.call().response().headers().firstValue("Idempotency-Replayed"))
                .hasValue("true");
    }

    @Test
    void repeatedSearch_searchesAgain() throws Exception {
        Callable<Reply> search =
                () -> anna.call("POST", "/search", Map.of("query", "How many days?"), "Idempotency-Key", "c1");
        assertThat(search.call().status()).isEqualTo(200);
        assertThat(search.call().response().headers().firstValue("Idempotency-Replayed"))
                .isEmpty();
    }

    @Test
    void delete_conversationWhileItIsWritten_stopsTheModel() throws Exception {
        server.model.script = ScriptedModel.pausing("Employees ", new CountDownLatch(1), "never");
        try (Events events = anna.ask(conversation, "How many days?")) {
            events.until("delta");
            assertThat(anna.call("DELETE", "/conversations/" + conversation, null)
                            .status())
                    .isEqualTo(204);
            events.until("finished");
        }
        assertThat(server.model.cancelled.get()).isOne();
        assertThat(anna.call("GET", messages(), null).status()).isEqualTo(404);
    }

    @Test
    void stream_ofAKeyThatIsRevoked_orLosesTheCollection_ends() throws Exception {
        People people = server.bean(People.class);
        ApiKeys keys = server.bean(ApiKeys.class);
        CollectionGrants grants = server.bean(CollectionGrants.class);
        UserAccount bob = people.create(TestAccess.OPERATOR, "bob", null, null, Role.USER);
        ApiKeys.IssuedApiKey key = keys.create(
                new Caller.User(bob.id(), "Bob", false, Set.of()),
                false,
                new ApiKeys.Change("key", Set.of(Scope.ASK), null, null));
        try {
            assertThat(streamWithKey(
                            key.secret(), () -> grants.replace(CollectionId.DEFAULT, List.of())))
                    .contains("event: failed", "\"code\":\"forbidden\"")
                    .doesNotContain("never");
            grants.delete(CollectionId.DEFAULT);
            assertThat(streamWithKey(
                            key.secret(), () -> keys.revoke(TestAccess.OPERATOR, key.key().id(), null)))
                    .contains("event: failed", "\"code\":\"unauthenticated\"")
                    .doesNotContain("never");
            await().atMost(Duration.ofSeconds(60)).until(() -> server.model.cancelled.get() == 2);
        } finally {
            grants.delete(CollectionId.DEFAULT);
            people.delete(TestAccess.OPERATOR, bob.id(), null);
        }
    }

    /** What a stream brings whose access is changed after the first words. */
    private static String streamWithKey(String secret, Runnable change) throws Exception {
        server.model.script = ScriptedModel.pausing("Employees ", new CountDownLatch(1), "never");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/api/v1/ask"))
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"question\": \"How many days?\", \"stream\": true}"))
                .build();
        StringBuilder read = new StringBuilder();
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> lines =
                        client.send(request, BodyHandlers.ofLines()).body()) {
            lines.forEach(line -> {
                read.append(line).append('\n');
                if (line.equals("event: delta")) {
                    change.run();
                }
            });
        }
        return read.toString();
    }

    @Test
    void edit_question_showsItsBranch() throws Exception {
        anna.call("POST", messages(), Map.of("content", "First?"));
        String question = anna.call("GET", messages(), null).at("/items/1/id");
        anna.call("POST", messages(), Map.of("content", "First, really?", "replaces", question));
        Reply list = anna.call("GET", messages(), null);
        assertThat(list.body().at("/items")).hasSize(2);
        assertThat(list.at("/items/1/content")).isEqualTo("First, really?");
        assertThat(list.at("/items/1/replaces")).isEqualTo(question);
        assertThat(list.body().at("/items/1/branches")).hasSize(2);
        assertThat(anna.call("GET", messages() + "?branch=" + question, null).at("/items/1/content"))
                .isEqualTo("First?");
    }

    @Test
    void feedback_again_replaces() throws Exception {
        String answer = anna.call("POST", messages(), Map.of("content", "How many days?"))
                .at("/id");
        anna.call("POST", "/messages/" + answer + "/feedback", Map.of("rating", "down", "comment", "Wrong"));
        anna.call("POST", "/messages/" + answer + "/feedback", Map.of("rating", "up"));
        Reply list = anna.call("GET", messages(), null);
        assertThat(list.at("/items/0/feedback/rating")).isEqualTo("up");
        assertThat(list.body().at("/items/0/feedback/comment").isMissingNode()).isTrue();
        assertThat(anna.call("POST", "/messages/" + answer + "/feedback", Map.of("rating", "sideways"))
                        .status())
                .isEqualTo(400);
    }

    private String messages() {
        return "/conversations/" + conversation + "/messages";
    }
}
