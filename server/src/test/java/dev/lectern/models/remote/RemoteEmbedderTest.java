package dev.lectern.models.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.EmbeddingReply;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.gemini.GeminiFixture;
import dev.lectern.models.langchain4j.EmbeddingModelName;
import dev.lectern.models.openai.OpenAiFixture;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteEmbedderTest {
    private static final List<String> WHERE = List.of("Where?");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Deadline SOON = Deadline.in(Duration.ofSeconds(30), CLOCK);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    private EmbeddingModel openAi(ScriptedServer server) {
        return OpenAiFixture.factory(server.uri("/v1"), "k", 2, executor, CLOCK).embedder("tiny");
    }

    private EmbeddingModel gemini(ScriptedServer server) {
        return GeminiFixture.factory(server.uri("/v1beta"), "k", 2, executor, CLOCK)
                .embedder("gemini-embedding-001");
    }

    private static String openAiVectors(int count, String vector) {
        return "{\"object\":\"list\",\"data\":["
                + String.join(",", Collections.nCopies(count, "{\"index\":0,\"embedding\":" + vector + "}")) + "]}";
    }

    private static String geminiVectors(int count) {
        return "{\"embeddings\":[" + String.join(",", Collections.nCopies(count, "{\"values\":[3.0,4.0]}")) + "]}";
    }

    @Test
    void openAi_vectors_areNormalised() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[3.0,4.0]")))) {
            assertThat(openAi(server).embedQuestions(WHERE, SOON).vectors().getFirst())
                    .containsExactly(0.6f, 0.8f);
        }
    }

    @Test
    void openAi_tokens_areThoseOfTheServiceOrEstimated() throws Exception {
        String counted = openAiVectors(1, "[1.0,0.0]")
                .replaceFirst("}$", ",\"usage\":{\"prompt_tokens\":42,\"total_tokens\":42}}");
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, counted))) {
            EmbeddingReply reply = openAi(server).embedPassages(List.of("Four words of text"), SOON);
            assertThat(reply.tokens()).isEqualTo(42);
            assertThat(reply.estimated()).isFalse();
        }
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[1.0,0.0]")))) {
            EmbeddingReply reply = openAi(server).embedPassages(List.of("Four words of text"), SOON);
            assertThat(reply.tokens()).isPositive();
            assertThat(reply.estimated()).isTrue();
        }
    }

    @Test
    void openAi_otherDimensions_saysWhichSettingToChange() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[1.0,0.0,0.0]")))) {
            assertThatExceptionOfType(ModelCallException.class)
                    .isThrownBy(() -> openAi(server).embedQuestions(WHERE, SOON))
                    .withMessageContaining("3 dimensions")
                    .satisfies(e -> assertThat(e.getMessage()).contains("EMBEDDING_DIMENSIONS", "@3"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1e999,0.0]", "[-1e999,1.0]"})
    void openAi_vectorThatIsNoNumber_isTheFaultOfTheNamedModel(String vector) throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, vector)))) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> openAi(server).embedPassages(List.of("text"), SOON))
                    .withMessageContaining("The embedding model openai:tiny returned")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_FAILED));
        }
    }

    @Test
    void openAi_hugeNumbers_areNormalisedLikeOthers() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[3e38,3e38]")))) {
            assertThat(openAi(server).embedQuestions(WHERE, SOON).vectors().getFirst())
                    .containsExactly(0.70710677f, 0.70710677f);
        }
    }

    @Test
    void dimensionsBehindTheName_goBeforeTheSettings_soThatTwoSizesCanBeUsedAtATime() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[2.0,0.0,0.0]")))) {
            EmbeddingModel embedder = OpenAiFixture.factory(server.uri("/v1"), "k", 2, executor, CLOCK)
                    .embedder("org/tiny@3");
            assertThat(embedder.fingerprint().model()).isEqualTo("openai:org/tiny");
            assertThat(embedder.embedQuestions(WHERE, SOON).vectors().getFirst())
                    .containsExactly(1f, 0f, 0f);
            assertThat(server.requests().getFirst()).contains("\"org/tiny\"");
        }
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> EmbeddingModelName.of("tiny@9999", 2))
                .withMessageContaining("1 to 4096");
        assertThat(EmbeddingModelName.of("tiny@beta", 2)).isEqualTo(new EmbeddingModelName("tiny@beta", 2));
    }

    @Test
    void openAi_missingVectors_fails() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[1.0,0.0]")))) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> openAi(server).embedPassages(List.of("one", "two"), SOON))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_FAILED));
        }
    }

    @Test
    void gemini_questionsAndPassages_haveTheirOwnTask() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, geminiVectors(n == 0 ? 1 : 20)))) {
            EmbeddingModel embedder = gemini(server);
            assertThat(embedder.embedQuestions(WHERE, SOON).vectors().getFirst())
                    .containsExactly(0.6f, 0.8f);
            assertThat(embedder.embedPassages(Collections.nCopies(20, "text"), SOON)
                            .vectors())
                    .hasSize(20);
            assertThat(embedder.maxTexts()).isEqualTo(100);
            assertThat(server.requests().get(0)).contains("RETRIEVAL_QUERY");
            assertThat(server.requests().get(1)).contains("RETRIEVAL_DOCUMENT");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void refusals_haveTheirCausesWithBothServices() throws Exception {
        Map<Integer, Reason> reasons = Map.of(
                400, Reason.REQUEST_REJECTED,
                401, Reason.KEY_REJECTED,
                403, Reason.KEY_REJECTED,
                404, Reason.MODEL_NOT_FOUND,
                302, Reason.REDIRECTED);
        for (Map.Entry<Integer, Reason> expected : reasons.entrySet()) {
            try (var other = new ScriptedServer((n, out) -> ScriptedServer.json(out, geminiVectors(1)));
                    var server = new ScriptedServer((n, out) ->
                            ScriptedServer.status(out, expected.getKey(), "Location: " + other.uri("/v1")))) {
                for (EmbeddingModel embedder : List.of(openAi(server), gemini(server))) {
                    assertThatExceptionOfType(ModelCallException.class)
                            .isThrownBy(() -> embedder.embedQuestions(WHERE, SOON))
                            .satisfies(e -> assertThat(e.reason()).isEqualTo(expected.getValue()));
                }
                assertThat(other.connections()).as("no redirect is followed").isZero();
            }
        }
    }

    @Test
    void webPage_isAnInvalidResponse() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.write(
                out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Log in</html>"))) {
            for (EmbeddingModel embedder : List.of(openAi(server), gemini(server))) {
                assertThatExceptionOfType(ModelCallException.class)
                        .isThrownBy(() -> embedder.embedQuestions(WHERE, SOON))
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WEB_PAGE));
            }
        }
    }

    @Test
    void gemini_tooManyRequests_isUnavailableAndTriedOnceOnly() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.status(out, 429, "Retry-After: 3"))) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> gemini(server).embedQuestions(WHERE, SOON))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
                    .satisfies(e -> assertThat(e.retryAfter().orElseThrow())
                            .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3)));
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
