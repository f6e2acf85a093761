package dev.lectern.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OnnxEmbedderTest {
    private static final Path NATIVE = Path.of("target", "native");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final OnnxEmbedder EMBEDDER = OnnxEmbedder.bundled(NATIVE, CLOCK);

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(2), CLOCK);
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    @Test
    void fingerprint_bundled_holdsTheHashOfTheWeights() throws Exception {
        BundledModelFiles files = new BundledModelFiles();
        assertThat(Sha256.hex(files.weights()).substring(0, 16)).isEqualTo(files.hashOfWeights());
        assertThat(EMBEDDER.fingerprint().model()).endsWith(files.hashOfWeights());
        assertThat(EMBEDDER.fingerprint().dimensions()).isEqualTo(384);
        assertThat(EMBEDDER.languages()).containsExactly("en");
    }

    private static float[] embedQuestion(OnnxEmbedder embedder, String question) {
        return embedder.embedQuestions(List.of(question), soon()).vectors().getFirst();
    }

    private static List<float[]> embedPassages(OnnxEmbedder embedder, List<String> passages) {
        return embedder.embedPassages(passages, soon()).vectors();
    }

    @Test
    void reply_hasTheTokensThatTheModelRead() {
        String text = "A cat sat.";
        int special = 2;
        int tokens = EMBEDDER.countTokens(text) + special;
        assertThat(EMBEDDER.embedPassages(List.of(text, text), soon()).tokens()).isEqualTo(2L * tokens);
        assertThat(EMBEDDER.embedPassages(List.of("word ".repeat(10_000)), soon())
                        .tokens())
                .isEqualTo(EMBEDDER.maxTokens());
        assertThat(EMBEDDER.embedQuestions(List.of(text), soon()).tokens())
                .as("with the prefix of questions")
                .isGreaterThan(tokens);
    }

    @Test
    void embedPassages_severalTexts_keepTheirOrderAndHaveLengthOne() {
        List<String> texts = List.of("A cat sat on the mat.", "Interest rates rose again.", "", "日本語 🎉");
        List<float[]> together = embedPassages(EMBEDDER, texts);
        assertThat(together).hasSize(4);
        for (int i = 0; i < texts.size(); i++) {
            float[] alone = embedPassages(EMBEDDER, List.of(texts.get(i))).getFirst();
            assertThat(alone).containsExactly(together.get(i));
            assertThat(cosine(alone, alone)).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void embedQuestion_isNearestToThePassageThatAnswersIt() {
        float[] question = embedQuestion(EMBEDDER, "Where did the cat sit?");
        List<float[]> passages =
                embedPassages(EMBEDDER, List.of("A cat sat on the mat.", "The central bank raised interest rates."));
        assertThat(cosine(question, passages.get(0))).isGreaterThan(cosine(question, passages.get(1)) + 0.15);
        float[] asPassage =
                embedPassages(EMBEDDER, List.of("Where did the cat sit?")).getFirst();
        assertThat(cosine(question, asPassage)).isLessThan(0.999);
    }

    @Test
    void embedPassages_longerThanTheModel_dependsOnTheFirstTokensAlone() {
        String start = "word ".repeat(EMBEDDER.maxTokens() - 2);
        List<float[]> vectors = embedPassages(EMBEDDER, List.of(start, start + "different ".repeat(100_000)));
        assertThat(vectors.get(0)).containsExactly(vectors.get(1));
    }

    @Test
    void countTokens_longText_isNotCut() {
        assertThat(EMBEDDER.countTokens("")).isZero();
        assertThat(EMBEDDER.countTokens("A cat sat.")).isEqualTo(4);
        assertThat(EMBEDDER.countTokens("word ".repeat(100_000))).isEqualTo(100_000);
    }

    @Test
    void embedPassages_deadlinePassed_fails() {
        Deadline past = Deadline.in(Duration.ofSeconds(-1), CLOCK);
        assertThatThrownBy(() -> EMBEDDER.embedPassages(List.of("a", "b"), past))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    @Timeout(60)
    void embedPassages_deadlineDuringTheWork_stopsBetweenTexts() {
        List<String> many = Collections.nCopies(20_000, "some words that take a while ".repeat(60));
        assertThatThrownBy(() -> EMBEDDER.embedPassages(many, Deadline.in(Duration.ofMillis(300), CLOCK)))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void embedQuestion_besideManyPassages_goesFirst() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<float[]>>> passages = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                passages.add(callers.submit(() ->
                        embedPassages(EMBEDDER, Collections.nCopies(8, "some words that take a while ".repeat(40)))));
            }
            embedQuestion(EMBEDDER, "Who goes first?");
            assertThat(passages).anyMatch(future -> !future.isDone());
            for (Future<List<float[]>> future : passages) {
                assertThat(future.get()).hasSize(8);
            }
        }
    }

    @Test
    void ofFolder_describedModel_isUsedWithItsPrefixesAndPooling(@TempDir Path folder) throws Exception {
        try (var model = getClass().getResourceAsStream("/all-minilm-l6-v2-q.onnx");
                var tokenizer = getClass().getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            Files.copy(model, folder.resolve("model.onnx"));
            Files.copy(tokenizer, folder.resolve("tokenizer.json"));
        }
        Files.writeString(folder.resolve("embedder.json"), """
                {"name": "minilm", "dimensions": 384, "maxTokens": 256, "pooling": "mean", "languages": ["en"]}""");
        try (OnnxEmbedder embedder = OnnxEmbedder.ofFolder(folder, NATIVE, CLOCK)) {
            assertThat(embedder.fingerprint().model()).matches("minilm@[0-9a-f]{16}");
            assertThat(embedder.fingerprint().id())
                    .isNotEqualTo(EMBEDDER.fingerprint().id());
            assertThat(embedder.languages()).isEqualTo(Set.of("en"));
            float[] question = embedQuestion(embedder, "Where did the cat sit?");
            List<float[]> passages =
                    embedPassages(embedder, List.of("A cat sat on the mat.", "The central bank raised rates."));
            assertThat(cosine(question, passages.get(0))).isGreaterThan(cosine(question, passages.get(1)) + 0.3);
        }
    }

    @Test
    void ofFolder_nothingInIt_saysWhatIsNeeded(@TempDir Path folder) {
        try (OnnxEmbedder embedder = OnnxEmbedder.ofFolder(folder, NATIVE, CLOCK)) {
            assertThatThrownBy(embedder::fingerprint)
                    .isInstanceOf(LecternException.class)
                    .hasMessageContaining("model.onnx, tokenizer.json and embedder.json");
        }
    }

    @Test
    void ofFolder_badDescription_namesTheField(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("embedder.json"), "{\"name\": \"x\", \"dimensions\": 0}");
        try (OnnxEmbedder embedder = OnnxEmbedder.ofFolder(folder, NATIVE, CLOCK)) {
            assertThatThrownBy(embedder::languages)
                    .isInstanceOf(LecternException.class)
                    .hasMessageContaining("\"dimensions\" from 1 to 4096");
        }
        Files.writeString(folder.resolve("embedder.json"), "not json");
        try (OnnxEmbedder embedder = OnnxEmbedder.ofFolder(folder, NATIVE, CLOCK)) {
            assertThatThrownBy(embedder::languages).hasMessageContaining("is not JSON");
        }
    }

    @Test
    void ofFolder_filesThatAreNoModel_failsWithAdvice(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("model.onnx"), "garbage");
        Files.writeString(folder.resolve("tokenizer.json"), "garbage");
        Files.writeString(folder.resolve("embedder.json"), """
                {"name": "bad", "dimensions": 8, "maxTokens": 256, "pooling": "cls", "languages": ["*"]}""");
        try (OnnxEmbedder embedder = OnnxEmbedder.ofFolder(folder, NATIVE, CLOCK)) {
            assertThatThrownBy(() -> embedQuestion(embedder, "x"))
                    .isInstanceOfSatisfying(
                            LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_FAILED));
        }
    }

    @Test
    void close_thenUse_isRefused() {
        OnnxEmbedder embedder = OnnxEmbedder.bundled(NATIVE, CLOCK);
        embedQuestion(embedder, "still open");
        embedder.close();
        assertThatThrownBy(() -> embedQuestion(embedder, "too late"))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
    }
}
