package dev.lectern.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.caching.TestCacheFactory;
import dev.lectern.models.EmbedderInForce.InForce;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SwitchedEmbedderTest {
    private static final Deadline NEVER = new Deadline(Instant.MAX);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestCacheFactory caches = new TestCacheFactory(meters);
    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final OpenedEmbedders embedders = new OpenedEmbedders("configured", this::open);
    private @Nullable InForce inForce;
    private final SwitchedEmbedder embedder = new SwitchedEmbedder(embedders, () -> Optional.ofNullable(inForce));

    private CachingEmbedder open(String name) {
        opened.add(name);
        return new CachingEmbedder(
                new MeteredEmbedder(new Named(name), meters),
                caches.open(
                        "question_embedding",
                        new QuestionCacheProperties(true, Duration.ofHours(1), DataSize.ofMegabytes(1)).limits(),
                        new VectorCodec()),
                caches.open(
                        "passage_embedding",
                        new PassageCacheProperties(true, Duration.ofHours(1), DataSize.ofMegabytes(1)).limits(),
                        new VectorCodec()));
    }

    @Test
    void nothingInForce_isTheConfiguredOne() {
        assertThat(embedder.fingerprint().model()).isEqualTo("configured");
        inForce = new InForce("configured's", null);
        assertThat(embedder.now().fingerprint().model()).isEqualTo("configured");
    }

    @Test
    void switched_isFollowedAtTheNextCall_andKeptByWhoAskedBefore() {
        Embedder before = embedder.now();
        inForce = new InForce("other's", "other");
        assertThat(embedder.now().fingerprint().model()).isEqualTo("other");
        assertThat(embedder.maxTokens()).isEqualTo("other".length());
        assertThat(before.fingerprint().model()).isEqualTo("configured");
        assertThat(before.embedQuestion("q", NEVER)).containsExactly("configured".length());
        assertThat(embedder.embedQuestion("q", NEVER)).containsExactly("other".length());
        assertThat(embedder.now()).isSameAs(embedder.now());
        assertThat(opened).containsExactly("configured", "other");
    }

    @Test
    void rememberedName_goesBeforeTheOtherNodes() {
        embedders.remember("moved's", "here");
        inForce = new InForce("moved's", "there");
        assertThat(embedder.fingerprint().model()).isEqualTo("here");
    }

    @Test
    void forSentences_countsAsSentences_whateverIsInForce() {
        SwitchedEmbedder sentences = embedder.forSentences(meters);
        sentences.embedPassages(List.of("one"), NEVER);
        inForce = new InForce("other's", "other");
        sentences.embedPassages(List.of("one"), NEVER);
        assertThat(meters.get("lectern.embedded.texts")
                        .tag("kind", "sentence")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void close_closesWhatWasOpened() {
        embedder.fingerprint();
        inForce = new InForce("other's", "other");
        embedder.fingerprint();
        embedders.close();
        assertThat(closed).containsExactlyInAnyOrder("configured", "other");
    }

    @Test
    void noSuchEmbedder_isNotKept() {
        OpenedEmbedders none = new OpenedEmbedders("configured", name -> {
            throw new IllegalStateException("planted");
        });
        assertThatThrownBy(() -> none.named("x")).hasMessage("planted");
        assertThatThrownBy(() -> none.named("x")).hasMessage("planted");
    }

    /** The length of its name is every embedding. */
    private final class Named implements Embedder {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public EmbedderFingerprint fingerprint() {
            return new EmbedderFingerprint(name, 1, "", "", "cls", true);
        }

        @Override
        public Set<String> languages() {
            return Set.of();
        }

        @Override
        public int maxTokens() {
            return name.length();
        }

        @Override
        public int countTokens(String text) {
            return 1;
        }

        @Override
        public float[] embedQuestion(String question, Deadline deadline) {
            return new float[] {name.length()};
        }

        @Override
        public List<float[]> embedPassages(List<String> passages, Deadline deadline) {
            return passages.stream().map(text -> embedQuestion(text, deadline)).toList();
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }
}
