package dev.lectern.models.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.caching.TestCacheFactory;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.shared.ActiveEmbedderLookup.ActiveEmbedder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ModelCallContext;
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

class ActiveEmbedderProxyTest {
    private static final ModelCallContext PROBE = ModelCallContext.probe();
    private static final Deadline NEVER = new Deadline(Instant.MAX);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestCacheFactory caches = new TestCacheFactory(meters);
    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final EmbedderRegistry embedders = new EmbedderRegistry("configured", this::open);
    private @Nullable ActiveEmbedder active;
    private final ActiveEmbedderProxy embedder = new ActiveEmbedderProxy(embedders, () -> Optional.ofNullable(active));

    private CachingEmbedder open(String name) {
        opened.add(name);
        return new CachingEmbedder(
                new MeteredEmbedder(new Named(name), meters),
                caches.open(
                        "question_embedding",
                        new QuestionCacheProperties(true, Duration.ofHours(1), DataSize.ofMegabytes(1)).limits(),
                        new EmbeddingCodec()),
                caches.open(
                        "passage_embedding",
                        new PassageCacheProperties(true, Duration.ofHours(1), DataSize.ofMegabytes(1)).limits(),
                        new EmbeddingCodec()));
    }

    @Test
    void noActiveEmbedder_isTheConfiguredOne() {
        assertThat(embedder.fingerprint().model()).isEqualTo("configured");
        active = new ActiveEmbedder("configured's", null);
        assertThat(embedder.resolve().fingerprint().model()).isEqualTo("configured");
    }

    @Test
    void switched_isFollowedAtTheNextCall_andKeptByWhoAskedBefore() {
        Embedder before = embedder.resolve();
        active = new ActiveEmbedder("other's", "other");
        assertThat(embedder.resolve().fingerprint().model()).isEqualTo("other");
        assertThat(embedder.maxTokens()).isEqualTo("other".length());
        assertThat(before.fingerprint().model()).isEqualTo("configured");
        assertThat(before.embedQuestion("q", PROBE, NEVER)).containsExactly("configured".length());
        assertThat(embedder.embedQuestion("q", PROBE, NEVER)).containsExactly("other".length());
        assertThat(embedder.resolve()).isSameAs(embedder.resolve());
        assertThat(opened).containsExactly("configured", "other");
    }

    @Test
    void localName_goesBeforeTheNameInTheLibrary() {
        embedders.setLocalName("moved's", "here");
        active = new ActiveEmbedder("moved's", "there");
        assertThat(embedder.fingerprint().model()).isEqualTo("here");
    }

    @Test
    void forSentences_countsAsSentences_whicheverEmbedderIsActive() {
        ActiveEmbedderProxy sentences = embedder.forSentences(meters);
        sentences.embedPassages(List.of("one"), PROBE, NEVER);
        active = new ActiveEmbedder("other's", "other");
        sentences.embedPassages(List.of("one"), PROBE, NEVER);
        assertThat(meters.get("lectern.embedded.texts")
                        .tag("kind", "sentence")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void close_closesWhatWasOpened() {
        embedder.fingerprint();
        active = new ActiveEmbedder("other's", "other");
        embedder.fingerprint();
        embedders.close();
        assertThat(closed).containsExactlyInAnyOrder("configured", "other");
    }

    @Test
    void failedOpening_isTriedAgain() {
        EmbedderRegistry none = new EmbedderRegistry("configured", name -> {
            throw new IllegalStateException("planted");
        });
        assertThatThrownBy(() -> none.open("x")).hasMessage("planted");
        assertThatThrownBy(() -> none.open("x")).hasMessage("planted");
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
        public List<float[]> embedQuestions(List<String> wordings, ModelCallContext context, Deadline deadline) {
            return wordings.stream().map(wording -> new float[] {name.length()}).toList();
        }

        @Override
        public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
            return embedQuestions(passages, context, deadline);
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }
}
