package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.web.HttpTestClient.Event;
import dev.lectern.answering.web.HttpTestClient.Events;
import dev.lectern.answering.web.HttpTestClient.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Answers that are given again, as readers get them. */
@NeedsServer
@Timeout(60)
class CachedAnswersTest {
    private static final String SAYS = "Employees receive 28 days of annual leave each year. [1]";

    private static AnsweringTestServer server;

    private HttpTestClient anna;
    private HttpTestClient ben;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AnsweringTestServer.start(data, "--lectern.answering.cache.enabled=true");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        server.model.script = ScriptedModel.writes(SAYS);
        // A change, so that no test sees another's answers.
        server.library.put(SamplePassages.HANDBOOK);
        anna = server.reader();
        ben = server.reader();
    }

    private static void saysSomethingElse() {
        server.model.script = ScriptedModel.writes("Something else. [1]");
    }

    private static Reply ask(HttpTestClient reader) throws Exception {
        return reader.call("POST", "/ask", Map.of("question", "How many days?"));
    }

    @Test
    void ask_again_isGivenAgainForNothing() throws Exception {
        Reply first = ask(anna);
        saysSomethingElse();
        Reply second = ask(ben);
        assertThat(first.body().at("/cached").asBoolean()).isFalse();
        assertThat(first.body().at("/timings/cache").isMissingNode()).isTrue();
        JsonNode again = second.body();
        assertThat(again.at("/cached").asBoolean()).isTrue();
        assertThat(again.at("/text").asString()).isEqualTo(SAYS);
        assertThat(again.at("/citations")).isEqualTo(first.body().at("/citations"));
        assertThat(again.at("/id")).isNotEqualTo(first.body().at("/id"));
        assertThat(again.at("/usage/inputTokens").asInt()).isZero();
        assertThat(again.at("/usage/outputTokens").asInt()).isZero();
        assertThat(again.at("/usage/cost").asDouble(-1)).isZero();
        assertThat(again.at("/timings/cache").isNumber()).isTrue();
        assertThat(again.at("/timings/total").isNumber()).isTrue();
    }

    @Test
    void ask_againAsAStream_hasTheUsualEvents() throws Exception {
        ask(anna);
        saysSomethingElse();
        try (Events events = ben.events("POST", "/ask", Map.of("question", "How many days?"), null)) {
            List<Event> all = events.rest();
            assertThat(all)
                    .extracting(Event::name)
                    .containsExactly("started", "passages", "delta", "citations", "finished");
            assertThat(all.get(1).data().at("/items/0/text").asString()).isEqualTo(SamplePassages.HANDBOOK.text());
            assertThat(all.get(2).data().at("/text").asString()).isEqualTo(SAYS);
            assertThat(all.getLast().data().at("/answer/cached").asBoolean()).isTrue();
        }
    }

    @Test
    void ask_againInAConversation_isKeptAsAMessage() throws Exception {
        ask(anna);
        saysSomethingElse();
        String conversation = ben.newConversation();
        String messages = "/conversations/" + conversation + "/messages";
        Reply reply = ben.call("POST", messages, Map.of("content", "How many days?"));
        assertThat(reply.body().at("/cached").asBoolean()).isTrue();
        Reply kept = ben.call("GET", messages, null);
        assertThat(kept.at("/items/0/answer/text")).isEqualTo(SAYS);
        assertThat(kept.body().at("/items/0/answer/cached").asBoolean()).isTrue();
        assertThat(kept.at("/items/0/status")).isEqualTo("complete");

        // The same question later in the conversation is another question.
        Reply later = ben.call("POST", messages, Map.of("content", "How many days?"));
        assertThat(later.body().at("/cached").asBoolean()).isFalse();
        assertThat(later.at("/text")).isEqualTo("Something else. [1]");
    }

    @Test
    void ask_inPlaceOfItself_isAnsweredAnew() throws Exception {
        String conversation = anna.newConversation();
        String messages = "/conversations/" + conversation + "/messages";
        Reply first = anna.call("POST", messages, Map.of("content", "How many days?"));
        saysSomethingElse();
        Reply second =
                anna.call("POST", messages, Map.of("content", "How many days?", "replaces", first.at("/questionId")));
        assertThat(second.at("/text")).isEqualTo("Something else. [1]");
        assertThat(second.body().at("/cached").asBoolean()).isFalse();
    }

    @Test
    void ask_afterAChange_isAnsweredAnew() throws Exception {
        ask(anna);
        saysSomethingElse();
        server.library.put(SamplePassages.HANDBOOK);
        assertThat(ask(anna).at("/text")).isEqualTo("Something else. [1]");
    }

    @Test
    void ask_withoutCitations_isNotKept() throws Exception {
        server.model.script = ScriptedModel.writes("I think so.");
        ask(anna);
        server.model.script = ScriptedModel.writes("NOT_ANSWERED");
        assertThat(ask(anna).at("/status")).isEqualTo("abstained");
        server.model.script = ScriptedModel.writes(SAYS);
        assertThat(ask(anna).at("/text")).isEqualTo(SAYS);
    }
}
