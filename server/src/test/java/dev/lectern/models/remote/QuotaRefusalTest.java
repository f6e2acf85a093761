package dev.lectern.models.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.QuotaLimit.Kind;
import dev.lectern.models.gemini.GeminiFixture;
import dev.lectern.models.openai.OpenAiFixture;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.ModelCallContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals for quotas, as the services write them: the next call is sent at the time that they name, and none before. */
class QuotaRefusalTest {
    private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Instant now = START;
    private final InstantSource clock = () -> now;

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    private static String gemini(String message, String... details) {
        return "{\"error\":{\"code\":429,\"message\":\"" + message + "\",\"status\":\"RESOURCE_EXHAUSTED\""
                + (details.length == 0 ? "" : ",\"details\":[" + String.join(",", details) + "]") + "}}";
    }

    private static String violations(String... quotas) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":["
                + Stream.of(quotas)
                        .map(quota -> "{\"quotaMetric\":\"x/generate_content_requests\",\"quotaId\":\"" + quota
                                + "\",\"quotaDimensions\":{\"location\":\"global\"},\"quotaValue\":\"250\"}")
                        .reduce((one, other) -> one + "," + other)
                        .orElseThrow()
                + "]}";
    }

    private static String retry(String delay) {
        return "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"" + delay + "\"}";
    }

    private static String openAi(String message, String code) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"requests\",\"param\":null,\"code\":\"" + code + "\"}}";
    }

    /** Status and headers, body, kind, and the seconds until the next call. */
    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(
                        "429",
                        gemini("Quota", violations("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"), retry("57.2s")),
                        Kind.REQUESTS,
                        57.2),
                arguments(
                        "429",
                        gemini(
                                "Please retry in 25.46s.",
                                violations("GenerateContentInputTokensPerModelPerMinute-FreeTier"),
                                retry("57.238747106s")),
                        Kind.TOKENS,
                        57.238747106),
                arguments(
                        "429",
                        gemini("Quota", violations("GenerateRequestsPerDayPerProjectPerModel"), retry("12s")),
                        Kind.DAY,
                        22 * 3600.0),
                arguments(
                        "429",
                        gemini(
                                "Quota",
                                violations(
                                        "GenerateRequestsPerMinutePerProjectPerModel",
                                        "GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                                retry("3s")),
                        Kind.DAY,
                        22 * 3600.0),
                arguments("429", gemini("Quota", violations("SpendPerProject10Minutes")), Kind.SPEND, 600.0),
                arguments("429", "[" + gemini("You exceeded … Please retry in 25.46s.") + "]", Kind.UNKNOWN, 25.46),
                arguments(
                        "429",
                        gemini(
                                "No capacity",
                                "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"MODEL_CAPACITY_EXHAUSTED\"}",
                                retry("8s")),
                        Kind.CAPACITY,
                        8.0),
                arguments(
                        "503",
                        "{\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":\"UNAVAILABLE\",\"details\":["
                                + retry("40s") + "]}}",
                        Kind.CAPACITY,
                        40.0),
                arguments("429 Retry-After: 7", openAi("Slow down", "rate_limit_exceeded"), Kind.UNKNOWN, 7.0),
                arguments(
                        "429 Date: Fri, 27 Nov 2026 11:00:00 GMT|Retry-After: Fri, 27 Nov 2026 11:01:30 GMT",
                        "",
                        Kind.UNKNOWN,
                        90.0),
                arguments(
                        "429 x-ratelimit-remaining-requests: 0|x-ratelimit-reset-requests: 6m0s"
                                + "|x-ratelimit-remaining-tokens: 900|x-ratelimit-reset-tokens: 7h",
                        openAi("Limit", "rate_limit_exceeded"),
                        Kind.REQUESTS,
                        360.0),
                arguments(
                        "429 x-ratelimit-remaining-requests: 8|x-ratelimit-reset-requests: 1h"
                                + "|x-ratelimit-remaining-tokens: 0|x-ratelimit-reset-tokens: 250ms",
                        openAi("Limit", "rate_limit_exceeded"),
                        Kind.TOKENS,
                        0.25),
                arguments(
                        "429",
                        openAi(
                                "Rate limit reached for m on tokens per min (TPM): Limit 30000. Please try again in 1m26.4s. Visit",
                                "rate_limit_exceeded"),
                        Kind.TOKENS,
                        86.4),
                arguments(
                        "429 Retry-After: 3600",
                        openAi("Rate limit reached on requests per day (RPD)", "rate_limit_exceeded"),
                        Kind.DAY,
                        3600.0),
                arguments("429 retry-after-ms: 1500|Retry-After: 1", "", Kind.UNKNOWN, 1.5),
                arguments("429 RateLimit: \"ask\";r=0;t=18, \"ip\";r=4;t=900", "", Kind.UNKNOWN, 18.0),
                arguments(
                        "429 anthropic-ratelimit-tokens-remaining: 0|anthropic-ratelimit-tokens-reset: 2026-11-27T10:00:33Z",
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Limit\"}}",
                        Kind.UNKNOWN,
                        33.0));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void nextCall_isSentAtTheNamedTime_andNoneBefore(String status, String body, Kind kind, double seconds)
            throws Exception {
        try (ScriptedServer server = refusing(status, body)) {
            try (ChatModel model = model(server)) {
                ModelCallException refused = refusal(model);
                Instant named = START.plusNanos(Math.round(seconds * 1e9));
                assertThat(refused.quota().orElseThrow().kind()).isEqualTo(kind);
                assertThat(refused.quota().orElseThrow().notBefore()).isEqualTo(named);
                assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
                assertThat(refused.retryAfter().orElseThrow())
                        .isBetween(Duration.between(START, named), Duration.between(START, named).plusMillis(1));
                assertThat(refused.getMessage()).contains(kind.condition(), "until");

                now = named.minusMillis(1);
                assertThat(refusal(model).quota()).isEqualTo(refused.quota());
                assertThat(server.connections()).as("none before").isEqualTo(1);

                now = named;
                refusal(model);
                assertThat(server.connections()).as("at that time").isEqualTo(2);
            }
        }
    }

    /** Quotas of a day end at midnight in Los Angeles, also on the days of 23 and 25 hours. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-27T10:00:00Z, 2026-11-28T08:00:00Z",
        "2026-07-01T06:59:59Z, 2026-07-01T07:00:00Z",
        "2026-11-01T07:30:00Z, 2026-11-02T08:00:00Z",
        "2026-11-01T06:30:00Z, 2026-11-01T07:00:00Z",
        "2027-03-14T08:30:00Z, 2027-03-15T07:00:00Z",
        "2027-03-14T07:30:00Z, 2027-03-14T08:00:00Z"
    })
    void quotaOfTheDay_lastsUntilMidnightPacific(Instant refusedAt, Instant midnight) throws Exception {
        now = refusedAt;
        String body = gemini("Quota", violations("GenerateRequestsPerDayPerProjectPerModel"), retry("20s"));
        try (ScriptedServer server = refusing("429", body);
                ChatModel model = model(server)) {
            assertThat(refusal(model).quota().orElseThrow().notBefore()).isEqualTo(midnight);
            now = midnight.minusMillis(1);
            refusal(model);
            assertThat(server.connections()).isEqualTo(1);
            now = midnight;
            refusal(model);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    static Stream<Arguments> lastingRefusals() {
        return Stream.of(
                arguments(
                        gemini(
                                "* Quota exceeded for metric: x/generate_content_free_tier_requests, limit: 0",
                                violations("GenerateRequestsPerDayPerProjectPerModel-FreeTier"),
                                retry("20s")),
                        Kind.NONE,
                        "this key's project has no quota for the model"),
                arguments(
                        gemini("Quota", violations("GenerateRequestsPerMinutePerProjectPerModel").replace("250", "0")),
                        Kind.NONE,
                        "Enable billing"),
                arguments(openAi("You exceeded your current quota", "insufficient_quota"), Kind.CREDIT, "Add credit"));
    }

    @ParameterizedTest
    @MethodSource("lastingRefusals")
    void quotaThatDoesNotPass_isNeverTriedAgainByItself(String body, Kind kind, String part) throws Exception {
        try (ScriptedServer server = refusing("429", body);
                ChatModel model = model(server)) {
            ModelCallException refused = refusal(model);
            assertThat(refused.reason()).isEqualTo(Reason.NO_QUOTA);
            assertThat(refused.code().isRetryable()).isFalse();
            assertThat(refused.retryAfter()).isEmpty();
            assertThat(refused.quota().orElseThrow().kind()).isEqualTo(kind);
            assertThat(refused.getMessage()).contains(part);
            assertThat(refusal(model).reason()).isEqualTo(Reason.NO_QUOTA);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void refusalWithoutATime_isKnown_andHoldsNothingBack() throws Exception {
        try (ScriptedServer server = refusing("429", gemini("Resource has been exhausted"));
                ChatModel model = model(server)) {
            assertThat(refusal(model).retryAfter()).isEmpty();
            assertThat(refusal(model).reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void limitOfAModel_doesNotHoldBackOthersOfTheService() throws Exception {
        try (ScriptedServer server = refusing("429 Retry-After: 60", "")) {
            var factory = OpenAiFixture.factory(server.uri("/v1"), "k", 2, executor, clock);
            refusal(factory.chat("one"));
            refusal(factory.chat("two"));
            assertThat(server.connections()).isEqualTo(2);
            try (EmbeddingModel embedder = factory.embedder("three")) {
                for (int i = 0; i < 3; i++) {
                    var refused = catchThrowableOfType(
                            ModelCallException.class,
                            () -> embedder.embedPassages(List.of("text"), Deadline.in(Duration.ofSeconds(60), clock)));
                    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(60));
                }
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    private ChatModel model(ScriptedServer server) {
        return GeminiFixture.factory(server.uri("/v1beta"), "k", 2, executor, clock)
                .chat("m");
    }

    private ModelCallException refusal(ChatModel model) {
        ChatRequest request =
                new ChatRequest(ModelCallContext.probe(), "System", List.of(new Message(Role.READER, "Hello")), 10);
        return catchThrowableOfType(
                ModelCallException.class,
                () -> model.write(request, _ -> {}, new Cancellation(), Deadline.in(Duration.ofSeconds(60), clock)));
    }

    /** @param status with headers behind a space, separated by {@code |} */
    private static ScriptedServer refusing(String status, String body) throws Exception {
        String[] parts = status.split(" ", 2);
        String headers = parts.length < 2 ? "" : parts[1].replace("|", "\r\n") + "\r\n";
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new ScriptedServer((n, out) -> ScriptedServer.write(
                out,
                "HTTP/1.1 " + parts[0] + " Refused\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                        + "\r\nConnection: close\r\n" + headers + "\r\n" + body));
    }
}
