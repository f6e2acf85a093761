package dev.lectern.models.decorators;

import java.util.concurrent.atomic.AtomicReference;
import java.util.Optional;
import java.time.InstantSource;
import java.time.Instant;
import dev.lectern.observability.spi.HealthCheck;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.CapturedLog;
import dev.lectern.caching.AdjustableClock;
import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.RemoteModelName;
import dev.lectern.models.gemini.GeminiFixture;
import dev.lectern.models.openai.OpenAiFixture;
import dev.lectern.models.remote.ScriptedServer;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.observability.spi.CircuitOpenException;
import dev.lectern.observability.spi.HealthCheck.Health;
import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelCallMonitorTest {
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final AdjustableClock clock = new AdjustableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ModelCallMonitorRegistry registry = new ModelCallMonitorRegistry(INTERVAL, clock, meters);
    private final ModelCallMonitor monitor = registry.of(ModelKind.CHAT, "openai:small");
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CapturedLog log = CapturedLog.start();

    @AfterEach
    void stop() {
        executor.shutdownNow();
        log.close();
    }

    @Test
    void recordFailure_sameCauseAgain_isOneWarningThenASummaryAndOneLineWhenItWorksAgain() {
        for (int i = 0; i < 7; i++) {
            fail(Reason.KEY_REJECTED);
        }
        assertThat(log.lines())
                .containsExactly(
                        "WARN Chat model openai:small failed: The key is wrong. Check LECTERN_OPENAI_API_KEY.");
        clock.move(INTERVAL);
        fail(Reason.KEY_REJECTED);
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().getLast()).endsWith("6 more calls failed since the last report.");
        monitor.recordReply(Finish.COMPLETE);
        monitor.recordReply(Finish.COMPLETE);
        assertThat(log.lines()).hasSize(3);
        assertThat(log.lines().getLast()).startsWith("INFO Chat model openai:small works again. 8 calls failed since");
        assertThat(log.hasStackTrace()).isFalse();
    }

    @Test
    void recordFailure_anotherCause_isReportedAtOnce() {
        fail(Reason.KEY_REJECTED);
        fail(Reason.MODEL_NOT_FOUND);
        fail(Reason.KEY_REJECTED);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void recordFailure_modelThatWorksNowAndThen_isReportedOnceInTheInterval() {
        for (int i = 0; i < 20; i++) {
            fail(Reason.SERVICE_FAILED);
            monitor.recordReply(Finish.COMPLETE);
        }
        assertThat(log.warnings("openai:small")).hasSize(1);
        assertThat(log.lines())
                .as("one warning, and one line that it works again")
                .hasSize(2);
    }

    @Test
    void check_failing_warnsWithCauseRemedyAndTimeUntilACallSucceeds() {
        assertThat(monitor.check().state()).isEqualTo(State.UP);
        fail(Reason.KEY_REJECTED);
        rejectedByTheCircuit();
        Health health = monitor.check();
        assertThat(health.state()).isEqualTo(State.WARNING);
        assertThat(health.sentence())
                .startsWith("The key is wrong. Check LECTERN_OPENAI_API_KEY. Failing since 20")
                .endsWith("Z.");
        assertThat(health.figures()).containsEntry("failedCalls", 2L);
        monitor.recordReply(Finish.LENGTH);
        assertThat(monitor.check().state()).isEqualTo(State.UP);
    }

    @Test
    void recordFailure_callersThatLeftOrHadNoTime_areNoFailureOfTheModel() {
        monitor.recordReply(Finish.CANCELLED);
        fail(Reason.DEADLINE);
        Thread.currentThread().interrupt();
        fail(Reason.UNREACHABLE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(monitor.check().state()).isEqualTo(State.UP);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void recordFailure_slowerThanItsDeadline_isAFailure() {
        var begun = clock.instant();
        clock.move(Duration.ofSeconds(2));
        monitor.recordFailure(failure(Reason.DEADLINE), begun);
        assertThat(monitor.check().state()).isEqualTo(State.WARNING);
    }

    @Test
    void recordFailure_allPlacesTaken_isReportedWithTheSetting() {
        monitor.recordFailure(new LecternException(ErrorCode.OVERLOADED, "Busy."), clock.instant());
        assertThat(log.warnings("LECTERN_MODELS_CONCURRENT_CALLS")).hasSize(1);
    }

    @Test
    void count_everyOutcome_hasItsCounter() {
        monitor.recordReply(Finish.COMPLETE);
        monitor.recordReply(Finish.FILTERED);
        fail(Reason.RATE_LIMITED);
        fail(Reason.RATE_LIMITED);
        rejectedByTheCircuit();
        for (var expected : List.of("success:1", "filtered:1", "rate_limited:2", "circuit_open:1")) {
            String[] parts = expected.split(":", 2);
            assertThat(meters.get("lectern.model.calls")
                            .tags("model", "openai:small", "kind", "chat", "outcome", parts[0])
                            .counter()
                            .count())
                    .as(expected)
                    .isEqualTo(Integer.parseInt(parts[1]));
        }
    }

    @Test
    void healthChecks_remoteModelsOnly_haveAPartEach() {
        registry.addConfigured(
                ModelKind.CHAT, RemoteModelName.chatModels("gemini:flash, openai:small,extractive,openai:never"));
        registry.addConfigured(ModelKind.EMBEDDING, List.of("onnx:/srv/secret/path"));
        assertThat(registry.healthChecks())
                .extracting(check -> check.name())
                .containsExactly("chat_model:gemini:flash", "chat_model:openai:small");
    }

    /** What the issue saw: with each of these statuses the log stayed empty and the health was UP. */
    @Test
    void services_thatRefuse_areReportedForChatModelsAndEmbedders() throws Exception {
        for (int status : new int[] {400, 401, 403, 404, 302}) {
            try (ScriptedServer server = new ScriptedServer((n, out) -> ScriptedServer.status(out, status))) {
                var openAi = OpenAiFixture.factory(server.uri("/v1"), "k", 2, executor, clock);
                var gemini = GeminiFixture.factory(server.uri("/v1beta"), "k", 2, executor, clock);
                isReported(openAi.chat("chat" + status), openAi.embedder("embedding" + status), status);
                isReported(gemini.chat("chat" + status), gemini.embedder("embedding" + status), status);
            }
        }
    }

    private void isReported(ChatModel chat, EmbeddingModel embedding, int status) {
        ModelCallMonitor ofChat = registry.of(ModelKind.CHAT, chat.name());
        ModelCallMonitor ofEmbedder = registry.of(ModelKind.EMBEDDING, embedding.toString());
        Deadline soon = Deadline.in(Duration.ofSeconds(20), clock);
        ChatModel monitored =
                new MonitoredChatModel(new CircuitBreakerChatModel(chat, CircuitBreaker.none()), ofChat, clock);
        Embedder embedder = new MonitoredEmbedder(
                new LedgerEmbedder(embedding.toString(), embedding, new RecordedUsage(), clock), ofEmbedder, clock);
        ChatRequest request =
                new ChatRequest(ModelCallContext.probe(), "System", List.of(new Message(Role.READER, "Hello")), 10);
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowable(() -> monitored.write(request, _ -> {}, new Cancellation(), soon)))
                    .isInstanceOf(ModelCallException.class);
            assertThat(catchThrowable(() -> embedder.embedQuestions(List.of("Where?"), ModelCallContext.probe(), soon)))
                    .isInstanceOf(ModelCallException.class);
        }
        for (ModelCallMonitor one : List.of(ofChat, ofEmbedder)) {
            assertThat(one.check().state()).as("%s %d", one.name(), status).isEqualTo(State.WARNING);
            assertThat(one.check().sentence()).contains("status " + status, "LECTERN_");
        }
        assertThat(log.warnings("Chat model " + chat.name() + " failed")).hasSize(1);
        assertThat(log.warnings("Embedder " + embedding + " failed")).hasSize(1);
    }

    private void fail(Reason reason) {
        monitor.recordFailure(failure(reason), clock.instant());
    }

    private void rejectedByTheCircuit() {
        monitor.recordFailure(
                new CircuitOpenException(ErrorCode.MODEL_UNAVAILABLE, "Open.", Duration.ofSeconds(15)),
                clock.instant());
    }

    private static ModelCallException failure(Reason reason) {
        return new ModelCallException(reason, "The key is wrong.", "Check LECTERN_OPENAI_API_KEY.", null, null);
    }

    @Test
    void notices_modelThatEndsSoon_warnsFrom30DaysBefore() {
        assertThat(endingAt("gemini:gemini-2.5-flash", "2026-10-30")).isEmpty();
        assertThat(endingAt("gemini:gemini-2.5-flash", "2026-10-31"))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains("2026-11-30, in 30 days", "gemini-3.5-flash-lite answers"));
        assertThat(endingAt("litellm:google/gemini-2.5-pro", "2026-12-02"))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("was 2026-11-30"));
        assertThat(endingAt("gemini:gemini-2.5-flash-lite", "2026-12-02")).isEmpty();
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-27T10:00:00Z"));
        var monitor = new ModelCallMonitor(
                ModelKind.CHAT, "gemini:gemini-2.5-flash", Duration.ofMinutes(1), clock, new SimpleMeterRegistry());
        assertThat(monitor.check().state()).isEqualTo(HealthCheck.State.WARNING);
        assertThat(monitor.check().sentence()).contains("in 3 days");
    }

    private static Optional<String> endingAt(String model, String day) {
        InstantSource clock = InstantSource.fixed(Instant.parse(day + "T12:00:00Z"));
        return new ModelNotices(ModelKind.CHAT, model, clock).ending();
    }

    @Test
    void notices_anotherModelThanConfigured_isLoggedOnceADay() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-27T10:00:00Z"));
        var notices = new ModelNotices(ModelKind.CHAT, "openai:gpt-5-mini", now::get);
        try (CapturedLog log = CapturedLog.start()) {
            notices.recordReply("gpt-5-mini-2025-08-07");
            notices.recordReply(null);
            assertThat(log.lines()).isEmpty();
            notices.recordReply("gpt-5.4-nano");
            notices.recordReply("gpt-5.4-nano");
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().getFirst()).contains("openai:gpt-5-mini was answered by gpt-5.4-nano");
            now.set(now.get().plus(Duration.ofDays(1)));
            notices.recordReply("gpt-5.4-nano");
            assertThat(log.lines()).hasSize(2);
        }
    }

    @Test
    void notices_namesThatDifferInTheVersionAlone_areTheSameModel() {
        assertThat(ModelNotices.isAnother("gemini:gemini-3.8-flash", "gemini-3.8-flash-preview-10-2026"))
                .isFalse();
        assertThat(ModelNotices.isAnother("local:llama3.2", "llama3.2:latest")).isFalse();
        assertThat(ModelNotices.isAnother("local:qwen/qwen3-8b", "qwen3-8b")).isFalse();
        assertThat(ModelNotices.isAnother("openai:gpt-5", "gpt-5-mini")).isTrue();
        assertThat(ModelNotices.isAnother("gemini:gemini-2.5-pro", "gemini-3.8-flash")).isTrue();
    }
}
