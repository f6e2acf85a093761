package dev.lectern.models.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.models.Embedder;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteEmbedderTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Deadline SOON = Deadline.in(Duration.ofSeconds(30), CLOCK);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    private Embedder openAi(ScriptedServer server) {
        return OpenAiFixture.factory(server.uri("/v1"), "k", 2, executor, CLOCK).embedder("tiny");
    }

    private Embedder gemini(ScriptedServer server) {
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
            assertThat(openAi(server).embedQuestion("Where?", SOON)).containsExactly(0.6f, 0.8f);
        }
    }

    @Test
    void openAi_manyPassages_goInBatchesOfAHundred() throws Exception {
        try (var server = new ScriptedServer(
                (n, out) -> ScriptedServer.json(out, openAiVectors(n == 2 ? 50 : 100, "[1.0,0.0]")))) {
            assertThat(openAi(server).embedPassages(Collections.nCopies(250, "text"), SOON))
                    .hasSize(250);
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void openAi_otherDimensions_saysWhichSettingToChange() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[1.0,0.0,0.0]")))) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> openAi(server).embedQuestion("Where?", SOON))
                    .withMessageContaining("EMBEDDING_DIMENSIONS")
                    .withMessageContaining("3");
        }
    }

    @Test
    void dimensionsBehindTheName_goBeforeTheSettings_soThatTwoSizesCanBeUsedAtATime() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.json(out, openAiVectors(1, "[2.0,0.0,0.0]")))) {
            Embedder embedder = OpenAiFixture.factory(server.uri("/v1"), "k", 2, executor, CLOCK)
                    .embedder("org/tiny@3");
            assertThat(embedder.fingerprint().model()).isEqualTo("openai:org/tiny");
            assertThat(embedder.embedQuestion("Where?", SOON)).containsExactly(1f, 0f, 0f);
            assertThat(server.requests().getFirst()).contains("\"org/tiny\"");
        }
        assertThat(EmbeddingModelName.of("tiny@9999", 2)).isEqualTo(new EmbeddingModelName("tiny@9999", 2));
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
    void gemini_questionsAndPassages_haveTheirOwnTaskAndBatches() throws Exception {
        try (var server = new ScriptedServer(
                (n, out) -> ScriptedServer.json(out, n == 0 ? geminiVectors(1) : geminiVectors(n == 1 ? 100 : 20)))) {
            Embedder embedder = gemini(server);
            assertThat(embedder.embedQuestion("Where?", SOON)).containsExactly(0.6f, 0.8f);
            assertThat(embedder.embedPassages(Collections.nCopies(120, "text"), SOON))
                    .hasSize(120);
            assertThat(server.requests().get(0)).contains("RETRIEVAL_QUERY");
            assertThat(server.requests().get(1)).contains("RETRIEVAL_DOCUMENT");
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void gemini_tooManyRequests_isUnavailableAndTriedOnceOnly() throws Exception {
        try (var server = new ScriptedServer((n, out) -> ScriptedServer.status(out, 429, "Retry-After: 3"))) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> gemini(server).embedQuestion("Where?", SOON))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
                    .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(3)));
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
