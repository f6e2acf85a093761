package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.web.HttpTestClient.Event;
import dev.lectern.answering.web.HttpTestClient.Events;
import dev.lectern.answering.web.HttpTestClient.Reply;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL database: a reader may come to either. */
@NeedsServer
@Timeout(60)
class TwoNodesTest {
    @TempDir
    Path folder;

    private TestDatabase database;
    private AnsweringTestServer one;
    private AnsweringTestServer two;
    private HttpTestClient annaAtOne;
    private HttpTestClient annaAtTwo;
    private String conversation;

    @BeforeEach
    void start() throws Exception {
        database = DatabaseEngine.POSTGRESQL.open(folder);
        String[] settings = database.arguments(
                "lectern.answering.reader-grace=2s",
                "lectern.answering.keep-every=100ms",
                "lectern.database.node-lease=10m",
                "lectern.qdrant.url=http://not.opened.invalid:6334",
                "lectern.originals.folder=" + folder.resolve("originals"));
        one = AnsweringTestServer.start(folder.resolve("one"), settings);
        two = AnsweringTestServer.start(folder.resolve("two"), settings);
        for (AnsweringTestServer node : List.of(one, two)) {
            node.library.put(SamplePassages.HANDBOOK);
            node.library.put(SamplePassages.AGREEMENT);
        }
        annaAtOne = one.reader();
        conversation = annaAtOne.newConversation();
        annaAtTwo = two.reader().withCookie(annaAtOne.cookie());
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        database.close();
    }

    @Test
    void cookie_ofOneNode_isKnownAtTheOther() throws Exception {
        assertThat(annaAtTwo.call("GET", "/conversations", null).at("/items/0/id"))
                .isEqualTo(conversation);
        assertThat(two.reader().call("GET", "/conversations", null).body().at("/items"))
                .isEmpty();
    }

    @Test
    void resume_atTheOtherNode_goesOnWhereItWas() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        one.model.script = ScriptedModel.pausing("Employees receive 28 days ", go, "of annual leave. [1]");
        String message;
        Event delta;
        try (Events events = annaAtOne.ask(conversation, "How many days?")) {
            message = events.until("started").data().at("/messageId").asString();
            delta = events.until("delta");
        }
        try (Events again = annaAtTwo.resume(conversation, message, delta.id());
                Events whole = annaAtTwo.resume(conversation, message, null)) {
            Event passages = whole.until("passages");
            assertThat(passages.data().at("/items/0/text").asString()).contains("28 days");
            // Longer than a turn goes on without a reader: the one at the other node counts.
            TimeUnit.SECONDS.sleep(4);
            go.countDown();
            List<Event> rest = again.rest();
            assertThat(rest)
                    .extracting(Event::name)
                    .doesNotContain("started", "passages")
                    .endsWith("citations", "finished");
            assertThat(delta.data().at("/text").asString() + Event.text(rest))
                    .isEqualTo("Employees receive 28 days of annual leave. [1]");
            assertThat(Event.text(whole.rest())).isEqualTo("Employees receive 28 days of annual leave. [1]");
        }
    }

    @Test
    void reader_goneFromBothNodes_stopsTheModel() throws Exception {
        one.model.script = (onText, cancellation) -> {
            for (int i = 0; i < 600 && !cancellation.isCancelled(); i++) {
                onText.accept("word ");
                TimeUnit.MILLISECONDS.sleep(50);
            }
        };
        String message;
        try (Events events = annaAtOne.ask(conversation, "How many days?")) {
            message = events.until("started").data().at("/messageId").asString();
        }
        try (Events again = annaAtTwo.resume(conversation, message, null)) {
            again.until("delta");
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> annaAtTwo
                        .call("GET", messages(), null)
                        .at("/items/0/status")
                        .equals("interrupted"));
        assertThat(one.model.cancelled.get()).isOne();
    }

    @Test
    void stop_atTheOtherNode_endsTheAnswer() throws Exception {
        one.model.script = ScriptedModel.pausing("Employees receive 28 days. [1]", new CountDownLatch(1), "never");
        try (Events events = annaAtOne.ask(conversation, "How many days?")) {
            String message = events.until("started").data().at("/messageId").asString();
            events.until("delta");
            assertThat(annaAtTwo
                            .call("POST", messages() + "/" + message + "/stop", null)
                            .status())
                    .isEqualTo(204);
            assertThat(events.until("finished").data().at("/answer/reason").asString())
                    .isEqualTo("stopped");
        }
    }

    @Test
    void node_thatDies_endsItsStreamsAtTheOtherAsInterrupted() throws Exception {
        one.model.script = ScriptedModel.pausing("Employees receive 28 days ", new CountDownLatch(1), "never");
        String message;
        Event delta;
        Events dying = annaAtOne.ask(conversation, "How many days?");
        message = dying.until("started").data().at("/messageId").asString();
        delta = dying.until("delta");
        try (Events again = annaAtTwo.resume(conversation, message, null);
                // Who has seen more than was kept.
                Events ahead = annaAtTwo.resume(conversation, message, "5000")) {
            assertThat(again.until("delta").data().at("/text").asString())
                    .isEqualTo(delta.data().at("/text").asString());
            // As another node does with one that gave no sign of life for its whole lease.
            database.jdbc()
                    .sql("DELETE FROM node WHERE id = ?")
                    .param(one.bean(NodeRegistry.class).self())
                    .update();
            for (Events stream : List.of(again, ahead)) {
                Event end = stream.until("finished");
                assertThat(end.data().at("/answer/status").asString()).isEqualTo("failed");
                assertThat(end.data().at("/answer/reason").asString()).isEqualTo("interrupted");
                assertThat(end.data().at("/answer/text").asString()).startsWith("Employees receive 28 days");
                assertThat(stream.next()).isNull();
            }
        } finally {
            dying.close();
        }
        Reply list = annaAtTwo.call("GET", messages(), null);
        assertThat(list.at("/items/0/status")).isEqualTo("interrupted");
        assertThat(annaAtTwo
                        .call("POST", messages(), Map.of("content", "And now?"))
                        .status())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> database.jdbc()
                                .sql("SELECT COUNT(*) FROM answer_stream")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    @Test
    void idempotencyKey_atTheOtherNode_repeatsTheAnswer() throws Exception {
        Reply first = annaAtOne.call("POST", "/conversations", "{}", "Idempotency-Key", "k1");
        Reply again = annaAtTwo.call("POST", "/conversations", "{}", "Idempotency-Key", "k1");
        assertThat(again.at("/id")).isEqualTo(first.at("/id")).isNotEmpty();
        assertThat(annaAtTwo
                        .call("POST", "/conversations", "{ }", "Idempotency-Key", "k1")
                        .status())
                .isGreaterThanOrEqualTo(400);
    }

    private String messages() {
        return "/conversations/" + conversation + "/messages";
    }
}
