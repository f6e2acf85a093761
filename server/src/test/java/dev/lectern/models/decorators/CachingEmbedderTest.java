package dev.lectern.models.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.caching.TestCacheFactory;
import dev.lectern.models.Embedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class CachingEmbedderTest {
    private static final ModelCallContext PROBE = ModelCallContext.probe();
    private static final Deadline NEVER = new Deadline(Instant.MAX);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestCacheFactory caches = new TestCacheFactory(meters);
    private final Lengths model = new Lengths("one");
    private final CachingEmbedder embedder = caching(model);

    private CachingEmbedder caching(Lengths of) {
        return new CachingEmbedder(
                new MeteredEmbedder(of, meters),
                caches.open(
                        "question_embedding",
                        new QuestionCacheProperties(true, Duration.ofHours(1), DataSize.ofMegabytes(1)).limits(),
                        new EmbeddingCodec()),
                caches.open(
                        "passage_embedding",
                        new PassageCacheProperties(true, Duration.ofHours(1), DataSize.ofMegabytes(1)).limits(),
                        new EmbeddingCodec()));
    }

    private double embedded(String kind) {
        return meters.get("lectern.embedded.texts").tag("kind", kind).counter().count();
    }

    @Test
    void embedQuestion_again_embedsAndCountsOnce() {
        float[] first = embedder.embedQuestion("What is it?", PROBE, NEVER);
        float[] second = embedder.embedQuestion("What is it?", PROBE, NEVER);
        assertThat(second).isEqualTo(first).isNotSameAs(first);
        assertThat(model.texts).containsExactly("? What is it?");
        assertThat(embedded("question")).isEqualTo(1);
    }

    @Test
    void embedQuestion_asPassage_isAnotherEmbedding() {
        embedder.embedQuestion("same", PROBE, NEVER);
        embedder.embedPassages(List.of("same"), PROBE, NEVER);
        assertThat(model.texts).containsExactly("? same", "same");
    }

    @Test
    void embedPassages_someKnown_embedsTheRestInOneCallAndKeepsTheOrder() {
        embedder.embedPassages(List.of("a", "bb"), PROBE, NEVER);
        List<float[]> vectors = embedder.embedPassages(List.of("bb", "ccc", "a", "ccc"), PROBE, NEVER);
        assertThat(vectors).extracting(vector -> vector[0]).containsExactly(2f, 3f, 1f, 3f);
        assertThat(model.texts).containsExactly("a", "bb", "ccc");
        assertThat(model.calls).isEqualTo(2);
        assertThat(embedded("passage")).isEqualTo(3);
    }

    @Test
    void embed_anotherFingerprint_isAnotherEmbedding() {
        embedder.embedQuestion("What is it?", PROBE, NEVER);
        Lengths other = new Lengths("two");
        caching(other).embedQuestion("What is it?", PROBE, NEVER);
        assertThat(other.texts).hasSize(1);
    }

    @Test
    void embed_modelFails_isNotKept() {
        model.fails = true;
        assertThatThrownBy(() -> embedder.embedQuestion("q", PROBE, NEVER)).isInstanceOf(LecternException.class);
        assertThatThrownBy(() -> embedder.embedPassages(List.of("p"), PROBE, NEVER))
                .isInstanceOf(LecternException.class);
        model.fails = false;
        assertThat(embedder.embedQuestion("q", PROBE, NEVER)).hasSize(2);
        assertThat(embedder.embedPassages(List.of("p"), PROBE, NEVER)).hasSize(1);
    }

    @Test
    void forSentences_sharesWhatIsKept() {
        embedder.embedQuestion("q", PROBE, NEVER);
        embedder.embedPassages(List.of("A sentence."), PROBE, NEVER);
        CachingEmbedder sentences = embedder.forSentences(meters);
        sentences.embedQuestion("q", PROBE, NEVER);
        sentences.embedPassages(List.of("A sentence.", "Another."), PROBE, NEVER);
        assertThat(embedded("sentence")).isEqualTo(1);
    }

    @Test
    void vectorCodec_notAVector_isRefused() {
        EmbeddingCodec codec = new EmbeddingCodec();
        assertThat(codec.write(new float[384])).hasSize(1536);
        assertThat(codec.read(codec.write(new float[] {1.5f, -0f, Float.MIN_VALUE})))
                .containsExactly(1.5f, -0f, Float.MIN_VALUE);
        assertThatThrownBy(() -> codec.read(new byte[7])).isInstanceOf(IllegalArgumentException.class);
    }

    /** The length of a text is its embedding. */
    private static final class Lengths implements Embedder {
        private final EmbedderFingerprint fingerprint;
        private final List<String> texts = new ArrayList<>();
        private int calls;
        private boolean fails;

        Lengths(String model) {
            fingerprint = new EmbedderFingerprint(model, 2, "? ", "", "cls", false);
        }

        @Override
        public EmbedderFingerprint fingerprint() {
            return fingerprint;
        }

        @Override
        public Set<String> languages() {
            return Set.of("*");
        }

        @Override
        public int maxTokens() {
            return 100;
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
            calls++;
            return wordings.stream().map(wording -> embed("? " + wording)).toList();
        }

        @Override
        public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
            calls++;
            return passages.stream().map(this::embed).toList();
        }

        private float[] embed(String text) {
            if (fails) {
                throw new LecternException(ErrorCode.MODEL_UNAVAILABLE, "Away.");
            }
            texts.add(text);
            return new float[] {text.length(), 1};
        }

        @Override
        public void close() {}
    }
}
