package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Answer.Status;
import dev.lectern.answering.AnswerCompleted;
import dev.lectern.answering.SamplePassages;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.SynchronousAnswerer;
import dev.lectern.answering.web.HttpTestClient.Events;
import dev.lectern.answering.web.HttpTestClient.Reply;
import dev.lectern.observability.LogCapture;
import dev.lectern.observability.spi.LogContext.Field;
import dev.lectern.retrieval.RankedPassage;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each turn ends with one log line, one event and the columns of its message, however it ends; and its lines carry its ids. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class AnswerCompletedTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<AnswerCompleted> PUBLISHED = new CopyOnWriteArrayList<>();
    private static final String SECRET_QUESTION = "How many days has Agnes Nutter?";

    private static AnsweringTestServer server;

    private LogCapture log;
    private HttpTestClient anna;
    private String conversation;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = AnsweringTestServer.start(
                data,
                "--lectern.answering.cache.enabled=true",
                "--lectern.answering.reader-grace=5s",
                "--lectern.answering.keep-every=100ms");
        server.bean(ApplicationEventMulticaster.class)
                .addApplicationListener((ApplicationListener<PayloadApplicationEvent<AnswerCompleted>>)
                        event -> PUBLISHED.add(event.getPayload()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() throws Exception {
        server.model.script = ScriptedModel.writes("Employees receive 28 days ", "of annual leave each year. [1]");
        server.retriever.evidence = Evidence.ENOUGH;
        server.retriever.fails = null;
        server.retriever.passages = SamplePassages.RANKED;
        // A change, so that no test sees another's cached answers.
        server.library.put(SamplePassages.HANDBOOK);
        anna = server.reader();
        conversation = anna.newConversation();
        PUBLISHED.clear();
        log = new LogCapture();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void answered_inAConversation_isOneLineOneEventAndColumns() throws Exception {
        Reply reply = anna.call("POST", messages(), Map.of("content", SECRET_QUESTION));

        AnswerCompleted completed = completed(reply.at("/id"));
        assertThat(completed.status()).isEqualTo(Status.ANSWERED);
        assertThat(completed.reason()).isNull();
        assertThat(completed.model()).isEqualTo("scripted:one");
        assertThat(completed.cached()).isFalse();
        assertThat(completed.conversation()).hasToString(conversation);
        assertThat(completed.callerId()).isNotEmpty();
        assertThat(completed.collections()).isNotEmpty();
        assertThat(completed.usage().inputTokens()).isEqualTo(812);
        assertThat(completed.usage().outputTokens()).isEqualTo(34);
        assertThat(completed.timings()).isNotNull();
        assertThat(line(reply.at("/id")))
                .startsWith(
                        "Answer completed: status=answered model=scripted:one cached=false inputTokens=812 outputTokens=34"
                                + " totalMillis=");
        assertThat(columns(reply.at("/id"))).containsExactly("answered", null, "scripted:one");
        assertThat(log.messages("Agnes")).isEmpty();
        assertThat(completed.toString()).doesNotContain("Agnes", "annual leave");
    }

    @Test
    void answered_withoutAConversation_hasNone() throws Exception {
        Reply reply = anna.call("POST", "/ask", Map.of("question", "How many days?"));

        assertThat(completed(reply.at("/id")).conversation()).isNull();
        assertThat(line(reply.at("/id"))).contains("status=answered");
    }

    @Test
    void answered_fromTheCache_isSaidSoEachTime() throws Exception {
        anna.call("POST", "/ask", Map.of("question", "How many days?"));
        Reply found = anna.call("POST", "/ask", Map.of("question", "How many days?"));
        Reply replayed = anna.call("POST", messages(), Map.of("content", "How many days?"));

        for (Reply cached : List.of(found, replayed)) {
            assertThat(cached.body().at("/cached").asBoolean()).isTrue();
            assertThat(completed(cached.at("/id")).cached()).isTrue();
            assertThat(line(cached.at("/id"))).contains("cached=true inputTokens=0");
        }
    }

    @Test
    void answered_byQuotationInsteadOfTheModel_namesTheModelAndTheReason() throws Exception {
        server.model.script = (_, _) -> {
            throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Gone.");
        };
        Reply reply = anna.call("POST", "/ask", Map.of("question", "How many days?"));

        assertThat(completed(reply.at("/id")).fallback()).isNotNull();
        assertThat(line(reply.at("/id")))
                .contains("model=extractive fallbackFrom=scripted:one fallbackReason=model_unavailable cached=false");
    }

    @Test
    void abstained_saysWhy() throws Exception {
        server.retriever.evidence = Evidence.WEAK;
        Reply reply = anna.call("POST", messages(), Map.of("content", "Who won?"));

        AnswerCompleted completed = completed(reply.at("/id"));
        assertThat(completed.status()).isEqualTo(Status.ABSTAINED);
        assertThat(completed.reason()).isEqualTo("too_weak");
        assertThat(completed.model()).isNull();
        assertThat(line(reply.at("/id"))).contains("status=abstained reason=too_weak cached=false");
        assertThat(columns(reply.at("/id"))).containsExactly("abstained", "too_weak", null);
    }

    @Test
    void failed_withAReasonOrUnexpectedly_saysWhy() throws Exception {
        server.retriever.fails = ErrorCode.INDEX_UNAVAILABLE;
        String refused = started("How many days?", "failed");
        assertThat(completed(refused).reason()).isEqualTo("index_unavailable");
        assertThat(columns(refused)).containsExactly("failed", "index_unavailable", null);

        server.retriever.fails = null;
        server.retriever.passages = new AbstractList<>() {
            @Override
            public RankedPassage get(int index) {
                throw new StackOverflowError();
            }

            @Override
            public int size() {
                throw new StackOverflowError();
            }
        };
        String broken = started("And now?", "failed");
        assertThat(completed(broken).status()).isEqualTo(Status.FAILED);
        assertThat(completed(broken).reason()).isEqualTo("internal");
        assertThat(line(broken)).contains("status=failed reason=internal");
    }

    @Test
    void stopped_byTheReader_saysSo() throws Exception {
        server.model.script = ScriptedModel.pausing("Employees receive 28 days. [1]", new CountDownLatch(1), "never");
        try (Events events = anna.ask(conversation, "How many days?")) {
            String message = events.until("started").data().at("/messageId").asString();
            events.until("delta");
            anna.call("POST", messages() + "/" + message + "/stop", null);
            events.until("finished");

            assertThat(completed(message).reason()).isEqualTo("stopped");
            assertThat(columns(message)).containsExactly("failed", "stopped", "scripted:one");
        }
    }

    @Test
    void interrupted_becauseItsReaderHasGone_saysSo() throws Exception {
        server.model.script = ScriptedModel.pausing("Employees receive 28 days. [1]", new CountDownLatch(1), "never");
        String message;
        try (Events events = anna.ask(conversation, "How many days?")) {
            message = events.until("started").data().at("/messageId").asString();
            events.until("delta");
        }
        assertThat(completed(message).reason()).isEqualTo("interrupted");
        assertThat(columns(message)).containsExactly("failed", "interrupted", "scripted:one");
    }

    @Test
    void interrupted_becauseItsServerDied_isPublishedByTheNext() throws Exception {
        server.model.script = ScriptedModel.pausing("Employees receive 28 days. [1]", new CountDownLatch(1), "never");
        try (Events events = anna.ask(conversation, "How many days?")) {
            String message = events.until("started").data().at("/messageId").asString();
            events.until("delta");
            server.bean(JdbcClient.class)
                    .sql("UPDATE message SET owner = 'dead' WHERE id = ?")
                    .param(message)
                    .update();
            AnswerCompleted completed = completed(message);
            // The turn of this process goes on until it is stopped, and must not be published again.
            anna.call("POST", messages() + "/" + message + "/stop", null);
            events.until("finished");
            assertThat(completed.status()).isEqualTo(Status.FAILED);
            assertThat(completed.reason()).isEqualTo("interrupted");
            assertThat(completed.conversation()).hasToString(conversation);
            assertThat(completed.callerId()).isNotEmpty();
            assertThat(completed.timings()).isNull();
            assertThat(line(message)).endsWith("inputTokens=0 outputTokens=0");
            assertThat(columns(message)).containsExactly("failed", "interrupted", null);
        }
    }

    @Test
    void synchronous_answerOrFailure_isPublishedOnce() {
        SynchronousAnswerer answerer = server.bean(SynchronousAnswerer.class);
        Deadline deadline = Deadline.in(SOON, Clock.systemUTC());
        ReadableCollections readable = TestAccess.readable(Set.of());
        ModelCallContext context = new ModelCallContext(ModelCallContext.Purpose.EVALUATION, null, null, null);
        Answer answer = answerer.answer("How many days?", List.of(), readable, deadline, context);
        assertThat(completed(answer.id().value()).callerId()).isNull();
        assertThat(line(answer.id().value())).contains("status=answered");

        PUBLISHED.clear();
        server.retriever.fails = ErrorCode.INDEX_UNAVAILABLE;
        assertThatThrownBy(() -> answerer.answer("How many?", List.of(), readable, deadline, context))
                .isInstanceOf(LecternException.class);
        assertThat(PUBLISHED)
                .extracting(AnswerCompleted::status, AnswerCompleted::reason)
                .containsExactly(tuple(Status.FAILED, "index_unavailable"));
    }

    @Test
    void lines_ofTheModelsThread_carryTheIdsOfRequestAndTurn() throws Exception {
        server.model.script = (onText, _) -> {
            LoggerFactory.getLogger("dev.lectern.Model").warn("The model is slow");
            onText.accept("Employees receive 28 days of annual leave each year. [1]");
        };
        Reply reply = anna.call(
                "POST",
                messages(),
                Map.of("content", "How many days?"),
                "X-Request-Id",
                "request-of-anna",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        String answer = reply.at("/id");
        assertThat(log.ids(Field.ANSWER, "The model is slow")).containsExactly(answer);
        assertThat(log.ids(Field.CONVERSATION, "The model is slow")).containsExactly(conversation);
        assertThat(log.ids(Field.REQUEST, "The model is slow")).containsExactly("request-of-anna");
        assertThat(log.ids(Field.TRACE, "The model is slow")).containsExactly("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(log.ids(Field.CALLER, "The model is slow"))
                .containsExactly(completed(answer).callerId());
        line(answer);
        assertThat(log.messages(Field.REQUEST, "request-of-anna"))
                .filteredOn(message -> message.startsWith("Answer completed"))
                .hasSize(1);
    }

    @Test
    void lines_ofAStream_carryItsIds_andEachRequestHasATraceOfItsOwn() throws Exception {
        server.model.script = (onText, _) -> {
            LoggerFactory.getLogger("dev.lectern.Model").warn("Streaming slowly");
            onText.accept("Employees receive 28 days of annual leave each year. [1]");
        };
        String first = started("How many days?", "finished");
        String second = started("And in the next year?", "finished");

        assertThat(log.ids(Field.ANSWER, "Streaming slowly")).containsExactly(first, second);
        assertThat(log.ids(Field.REQUEST, "Streaming slowly")).hasSize(2).doesNotContain("");
        assertThat(log.ids(Field.TRACE, "Streaming slowly"))
                .hasSize(2)
                .allSatisfy(trace -> assertThat(trace).matches("[0-9a-f]{32}"));
    }

    /** Asks in the conversation and reads the stream to its end. Returns the id of the answer. */
    private String started(String question, String last) throws Exception {
        try (Events events = anna.ask(conversation, question)) {
            String message = events.until("started").data().at("/messageId").asString();
            events.until(last);
            return message;
        }
    }

    private static List<AnswerCompleted> published(String answer) {
        return PUBLISHED.stream()
                .filter(one -> one.answer().value().equals(answer))
                .toList();
    }

    /** The event of an answer, which must be the only one. */
    private static AnswerCompleted completed(String answer) {
        await().atMost(SOON).until(() -> !published(answer).isEmpty());
        assertThat(published(answer)).hasSize(1);
        return published(answer).getFirst();
    }

    /** The line of an answer, which must be the only one. */
    private String line(String answer) {
        completed(answer);
        List<String> lines = log.messages(Field.ANSWER, answer).stream()
                .filter(message -> message.startsWith("Answer completed"))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static List<String> columns(String answer) {
        return server.bean(JdbcClient.class)
                .sql("SELECT answer_status, answer_reason, answer_model FROM message WHERE id = ?")
                .param(answer)
                .query((row, number) -> Arrays.asList(row.getString(1), row.getString(2), row.getString(3)))
                .single();
    }

    private String messages() {
        return "/conversations/" + conversation + "/messages";
    }
}
