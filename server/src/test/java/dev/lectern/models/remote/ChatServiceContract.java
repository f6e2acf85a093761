package dev.lectern.models.remote;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lectern.CapturedLog;
import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of a chat service keeps, whatever the service does. */
abstract class ChatServiceContract {
    static final String KEY = "key-that-nobody-may-see";
    static final Clock CLOCK = Clock.systemUTC();

    final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final StringBuilder heard = new StringBuilder();
    private final Cancellation cancellation = new Cancellation();

    abstract ChatModel model(URI server);

    /** A model with other limits for the first token and between tokens. */
    abstract ChatModel model(URI server, Duration firstToken, Duration nextToken);

    /** One event of the stream that carries a piece of a thought. */
    abstract String thought(String text);

    /** One event of the stream that carries a piece of text. */
    abstract String piece(String text);

    /** The end of a stream: why it ended, and 11 tokens in, 7 out. */
    abstract String end(Finish finish);

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    ChatReply write(ScriptedServer server, Duration time) {
        return write(model(server.uri("/v1")), time, null);
    }

    private ChatReply write(ChatModel opened, Duration time, @Nullable Deadline firstTextBy) {
        ChatRequest request = new ChatRequest(
                ModelCallContext.probe(),
                "Answer from the passages.",
                List.of(
                        new Message(Role.READER, "Hello"),
                        new Message(Role.MODEL, "Hi"),
                        new Message(Role.READER, "Größe?")),
                100,
                firstTextBy);
        try (ChatModel model = opened) {
            return model.write(request, heard::append, cancellation, Deadline.in(time, CLOCK));
        }
    }

    private void fails(ScriptedServer.Script script, ErrorCode code) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> write(server, Duration.ofSeconds(60)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
            assertThat(server.connections()).as("retries are decided elsewhere").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void write_wholeStream_handsOnPiecesAndCountsTokens() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("Zwei ") + piece("Worte 👍") + end(Finish.COMPLETE));
        })) {
            ChatReply reply = write(server, Duration.ofSeconds(60));
            assertThat(reply.text()).isEqualTo("Zwei Worte 👍").isEqualTo(heard.toString());
            assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
            assertThat(reply.inputTokens()).isEqualTo(11);
            assertThat(reply.outputTokens()).isEqualTo(7);
            assertThat(server.requests().getFirst()).contains("Answer from the passages.", KEY);
        }
    }

    @Test
    void write_errorOfTheServiceInTheStream_isItsFailure() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out, piece("Before. ") + "data: {\"error\": {\"message\": \"boom\", \"code\": 500}}\n\n");
        })) {
            var failure = catchThrowableOfType(ModelCallException.class, () -> write(server, Duration.ofSeconds(60)));
            assertThat(failure.reason()).isEqualTo(Reason.SERVICE_FAILED);
            assertThat(failure.getMessage())
                    .contains("ended its response with an error")
                    .doesNotContain("boom");
        }
    }

    @Test
    void write_cutAtTheTokenLimit_saysSo() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("Half a") + end(Finish.LENGTH));
        })) {
            assertThat(write(server, Duration.ofSeconds(60)).finish()).isEqualTo(Finish.LENGTH);
        }
    }

    @Test
    void write_withheldByTheService_saysSo() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("We ") + end(Finish.FILTERED));
        })) {
            assertThat(write(server, Duration.ofSeconds(60)).finish()).isEqualTo(Finish.FILTERED);
        }
    }

    @Test
    void write_endedForAnotherReason_isNotComplete() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("We ") + end(Finish.OTHER));
        })) {
            assertThat(write(server, Duration.ofSeconds(20)).finish()).isEqualTo(Finish.OTHER);
        }
    }

    @Test
    void write_cancelledBetweenPieces_breaksOffAndReturnsWhatWasWritten() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            for (int i = 0; i < 400; i++) {
                ScriptedServer.write(out, piece("word "));
                if (i == 3) {
                    cancellation.cancel();
                }
                Thread.sleep(25);
            }
        })) {
            ChatReply reply = write(server, Duration.ofSeconds(60));
            assertThat(reply.finish()).isEqualTo(Finish.CANCELLED);
            assertThat(reply.text()).isEqualTo(heard.toString());
            assertThat(server.clientLeft().await(10, SECONDS))
                    .as("the connection is closed")
                    .isTrue();
        }
    }

    @Test
    void write_cancelledBeforeTheFirstByte_returnsAtOnce() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            cancellation.cancel();
            Thread.sleep(30_000);
        })) {
            assertThat(write(server, Duration.ofSeconds(25)).finish()).isEqualTo(Finish.CANCELLED);
        }
    }

    @Test
    void write_silentService_endsWithTheDeadline() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> Thread.sleep(30_000))) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> write(server, Duration.ofMillis(300)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
        }
    }

    private ModelCallException tooSlow(ScriptedServer server, Duration firstToken, Duration nextToken) {
        return catchThrowableOfType(
                ModelCallException.class,
                () -> write(model(server.uri("/v1"), firstToken, nextToken), Duration.ofSeconds(60), null));
    }

    @Test
    void write_nothingBeforeTheLimitForTheFirstToken_endsThereWithTheRemedy() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> Thread.sleep(50_000))) {
            ModelCallException failure = tooSlow(server, Duration.ofMillis(300), Duration.ofSeconds(50));
            assertThat(failure.reason()).isEqualTo(Reason.FIRST_TOKEN_TIMEOUT);
            assertThat(failure.getMessage()).contains("_FIRST_TOKEN_TIMEOUT");
            assertThat(failure.clientMessage()).doesNotContain("LECTERN_");
            Deadline share = Deadline.in(Duration.ofMillis(300), CLOCK);
            ModelCallException shared = catchThrowableOfType(
                    ModelCallException.class,
                    () -> write(model(server.uri("/v1")), Duration.ofSeconds(60), share));
            assertThat(shared.reason()).isEqualTo(Reason.FIRST_TOKEN_TIMEOUT);
        }
    }

    @Test
    void write_thoughtsAlone_doNotCountAsTheFirstTokenButAsUsage() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            for (int i = 0; i < 2_000; i++) {
                ScriptedServer.write(out, thought("Let me think about that. "));
                Thread.sleep(20);
            }
        })) {
            ModelCallException failure = tooSlow(server, Duration.ofMillis(600), Duration.ofSeconds(50));
            assertThat(failure.reason()).isEqualTo(Reason.FIRST_TOKEN_TIMEOUT);
            assertThat(Objects.requireNonNull(failure.received()).thinkingTokens()).isPositive();
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void write_thoughtsAndNoText_isNamed() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, thought("Let me think about that. ") + end(Finish.LENGTH));
        })) {
            var failure = catchThrowableOfType(ModelCallException.class, () -> write(server, Duration.ofSeconds(60)));
            assertThat(failure.reason()).isEqualTo(Reason.THOUGHTS_ONLY);
            assertThat(failure.getMessage()).contains("LECTERN_ANSWERING_MAX_OUTPUT_TOKENS");
            assertThat(Objects.requireNonNull(failure.received()).outputTokens()).isEqualTo(7);
        }
    }

    @Test
    void write_silenceInTheMiddle_endsWithTheLimitBetweenTokens() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("Half an"));
            for (int i = 0; i < 2_000; i++) {
                ScriptedServer.write(out, ": keep-alive\n\n");
                Thread.sleep(20);
            }
        })) {
            ModelCallException failure = tooSlow(server, Duration.ofSeconds(50), Duration.ofMillis(300));
            assertThat(failure.reason()).isEqualTo(Reason.STREAM_STALLED);
            assertThat(failure.getMessage()).contains("_NEXT_TOKEN_TIMEOUT");
            assertThat(Objects.requireNonNull(failure.received()).text()).isEqualTo("Half an");
        }
    }

    @Test
    void write_jsonOrPageInsteadOfAReply_isNamedWhateverItsType() throws Exception {
        for (String body : List.of("{\"status\": \"ok\"}", "[]", "\n<!doctype html><html></html>")) {
            try (ScriptedServer server = new ScriptedServer((n, out) -> ScriptedServer.write(
                    out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n" + body))) {
                var failure =
                        catchThrowableOfType(ModelCallException.class, () -> write(server, Duration.ofSeconds(60)));
                assertThat(failure.getMessage())
                        .contains(body.contains("html") ? "answers HTML" : "answers JSON", "_BASE_URL");
            }
        }
    }

    @Test
    void write_serviceThatDripsForever_endsWithTheDeadline() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            for (int i = 0; i < 1_000; i++) {
                ScriptedServer.write(out, ": keep-alive\n\n");
                Thread.sleep(20);
            }
        })) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> write(server, Duration.ofMillis(400)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
        }
    }

    @Test
    void write_tooManyRequests_isUnavailableAndKeepsRetryAfter() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer((n, out) -> ScriptedServer.status(out, 429, "Retry-After: 7"))) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> write(server, Duration.ofSeconds(60)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
                    .satisfies(e -> assertThat(e.retryAfter().orElseThrow())
                            .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7)));
        }
    }

    @Test
    void write_serverError_isUnavailable() throws Exception {
        fails((n, out) -> ScriptedServer.status(out, 500), ErrorCode.MODEL_UNAVAILABLE);
    }

    @Test
    void write_wrongKey_fails() throws Exception {
        fails((n, out) -> ScriptedServer.status(out, 401), ErrorCode.MODEL_FAILED);
    }

    @Test
    void write_unknownModel_fails() throws Exception {
        fails((n, out) -> ScriptedServer.status(out, 404), ErrorCode.MODEL_FAILED);
    }

    @Test
    void write_redirect_isNotFollowedSoThatNoOtherHostGetsTheKey() throws Exception {
        try (ScriptedServer other = new ScriptedServer((n, out) -> ScriptedServer.status(out, 200))) {
            ModelCallException failure = refused(302, "Location: " + other.uri("/v1"));
            assertThat(failure.reason()).isEqualTo(Reason.REDIRECTED);
            assertThat(failure.getMessage()).contains("BASE_URL");
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void write_refusals_sayTheCauseToTheReaderAndTheRemedyToTheOperatorOnly() throws Exception {
        assertThat(refused(401).getMessage()).contains("rejected the API key (status 401)", "_API_KEY.");
        assertThat(refused(403).reason()).isEqualTo(Reason.KEY_REJECTED);
        assertThat(refused(404).reason()).isEqualTo(Reason.MODEL_NOT_FOUND);
        assertThat(refused(400).reason()).isEqualTo(Reason.REQUEST_REJECTED);
        assertThat(refused(429).reason()).isEqualTo(Reason.RATE_LIMITED);
        assertThat(refused(503).reason()).isEqualTo(Reason.SERVICE_FAILED);
    }

    private ModelCallException refused(int status, String... headers) throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> ScriptedServer.status(out, status, headers))) {
            var failure = catchThrowableOfType(ModelCallException.class, () -> write(server, Duration.ofSeconds(20)));
            assertThat(failure.clientMessage()).doesNotContain("LECTERN_", KEY);
            assertThat(failure.getMessage()).contains("LECTERN_").doesNotContain(KEY);
            return failure;
        }
    }

    @Test
    void write_webPageInsteadOfAReply_isAnInvalidResponse() throws Exception {
        fails(
                (n, out) -> ScriptedServer.write(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n"
                                + "<html><body>Please log in</body></html>"),
                ErrorCode.MODEL_FAILED);
    }

    @Test
    void write_hangsUpBeforeAnswering_isUnavailable() throws Exception {
        fails((n, out) -> {}, ErrorCode.MODEL_UNAVAILABLE);
    }

    @Test
    void write_hangsUpInTheMiddle_isUnavailable() throws Exception {
        fails(
                (n, out) -> {
                    ScriptedServer.stream(out);
                    ScriptedServer.write(out, piece("The answer is"));
                },
                ErrorCode.MODEL_UNAVAILABLE);
        assertThat(heard).hasToString("The answer is");
    }

    @Test
    void write_garbage_fails() throws Exception {
        assertGarbageFails();
    }

    private void assertGarbageFails() throws Exception {
        fails(
                (n, out) -> {
                    ScriptedServer.stream(out);
                    ScriptedServer.write(
                            out, piece("Before. ") + "data: {\"choices\": [[[ garbage\n\n" + piece("After."));
                    ScriptedServer.write(out, end(Finish.COMPLETE));
                },
                ErrorCode.MODEL_FAILED);
        assertThat(heard).as("nothing behind the garbage is passed on").hasToString("Before. ");
    }

    @Test
    void write_garbage_writesNoStackTrace() throws Exception {
        try (CapturedLog log = CapturedLog.start()) {
            assertGarbageFails();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void write_endlessLine_isCutOff() throws Exception {
        fails(
                (n, out) -> {
                    ScriptedServer.stream(out);
                    String chunk = "x".repeat(1 << 20);
                    for (int i = 0; i < 40; i++) {
                        ScriptedServer.write(out, chunk);
                    }
                },
                ErrorCode.MODEL_UNAVAILABLE);
    }

    @Test
    void write_nobodyListens_isUnavailable() throws Exception {
        URI gone;
        try (ScriptedServer server = new ScriptedServer((n, out) -> {})) {
            gone = server.uri("/v1");
        }
        ChatRequest request =
                new ChatRequest(ModelCallContext.probe(), "System", List.of(new Message(Role.READER, "Hello")), 10);
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> model(gone)
                        .write(request, heard::append, cancellation, Deadline.in(Duration.ofSeconds(60), CLOCK)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE));
    }
}
