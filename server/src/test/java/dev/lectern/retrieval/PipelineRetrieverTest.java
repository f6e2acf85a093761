package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.answering.FakeLibrary;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchHit;
import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.library.SearchFilter;
import dev.lectern.library.SearchableIndexes;
import dev.lectern.retrieval.rewriting.QuestionRewriter;
import dev.lectern.security.ReadableCollections;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.PassageId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PipelineRetrieverTest {
    private static final CollectionId COLLECTION = new CollectionId("default");

    private final Map<PassageId, Passage> library = new HashMap<>();
    private final FakeLibrary shown = new FakeLibrary();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static SearchHit hit(String id, double score) {
        return new SearchHit(new PassageId(id), new DocumentId("d"), 1, "en", (float) score);
    }

    private void holds(String id, String text) {
        PassageId passage = new PassageId(id);
        library.put(
                passage,
                new Passage(
                        passage,
                        COLLECTION,
                        new DocumentId("d"),
                        1,
                        0,
                        "Title",
                        "upload:a",
                        "en",
                        List.of(),
                        null,
                        0,
                        text.length(),
                        text));
    }

    private Retriever retriever(List<SearchHit> words, List<SearchHit> near) {
        return new PipelineRetriever(
                QuestionRewriter.byRule(),
                new FakeEmbedder(),
                text -> "en",
                new SearchableIndexes() {
                    @Override
                    public <T> T search(EmbedderFingerprint fingerprint, Function<PassageIndex, T> search) {
                        return search.apply(new FakeIndex(fingerprint, words, near));
                    }
                },
                new FakePassages(library),
                shown,
                shown,
                new RetrievalStageTimer(meters));
    }

    private static RetrievalRequest request(String question, RetrievalMode mode, int limit) {
        return new RetrievalRequest(
                question,
                List.of(),
                TestAccess.readable(Set.of(COLLECTION)),
                mode,
                limit,
                new Deadline(Instant.MAX),
                ModelCallContext.probe());
    }

    private static List<String> ids(RetrievalResult found) {
        return found.passages().stream()
                .map(ranked -> ranked.passage().id().value())
                .toList();
    }

    @Test
    void retrieve_staleHits_dropOut() {
        holds("a", "The warranty lasts two years.");
        RetrievalResult found = retriever(List.of(hit("old", 9), hit("a", 5)), List.of(hit("old", 0.9), hit("a", 0.8)))
                .retrieve(request("How long is the warranty?", RetrievalMode.HYBRID, 10));

        assertThat(ids(found)).containsExactly("a");
        assertThat(found.evidence()).isEqualTo(RetrievalResult.Evidence.ENOUGH);
        assertThat(found.consistent())
                .as("the index found what is not there any more")
                .isFalse();
    }

    @Test
    void retrieve_nothingFound_isNone() {
        assertThat(retriever(List.of(), List.of())
                        .retrieve(request("anything", RetrievalMode.HYBRID, 10))
                        .evidence())
                .isEqualTo(RetrievalResult.Evidence.NONE);
    }

    @Test
    void retrieve_onlyFarPassages_isWeak() {
        holds("a", "Something else entirely.");
        RetrievalResult found = retriever(List.of(), List.of(hit("a", 0.4)))
                .retrieve(request("How long is the warranty?", RetrievalMode.HYBRID, 10));

        assertThat(found.evidence()).isEqualTo(RetrievalResult.Evidence.WEAK);
        assertThat(ids(found)).containsExactly("a");
    }

    @Test
    void retrieve_oneLeg_keepsItsOrder() {
        holds("a", "one text");
        holds("b", "another text");
        Retriever retriever = retriever(List.of(hit("b", 3), hit("a", 2)), List.of(hit("a", 0.9), hit("b", 0.8)));

        assertThat(ids(retriever.retrieve(request("text", RetrievalMode.LEXICAL, 10))))
                .containsExactly("b", "a");
        assertThat(ids(retriever.retrieve(request("text", RetrievalMode.DENSE, 10))))
                .containsExactly("a", "b");
    }

    @Test
    void retrieve_limit_isKept() {
        holds("a", "one text");
        holds("b", "another text");

        assertThat(ids(retriever(List.of(), List.of(hit("a", 0.9), hit("b", 0.8)))
                        .retrieve(request("text", RetrievalMode.HYBRID, 1))))
                .containsExactly("a");
    }

    @Test
    void retrieve_hiddenDocuments_leaveTheirPlacesToOthers() {
        holds("a", "one text");
        holds("b", "another text");
        SearchHit hidden = new SearchHit(new PassageId("h"), new DocumentId("hidden"), 1, "en", 9);
        library.put(hidden.passage(), Objects.requireNonNull(library.get(new PassageId("a"))));
        Retriever retriever = retriever(List.of(hidden, hit("a", 3), hit("b", 2)), List.of());

        shown.hide(new DocumentId("hidden"));

        assertThat(ids(retriever.retrieve(request("text", RetrievalMode.LEXICAL, 2))))
                .containsExactly("a", "b");
    }

    @Test
    void retrieve_withFilter_findsOnlyMatchingDocuments() {
        holds("a", "one text");
        SearchHit other = new SearchHit(new PassageId("b"), new DocumentId("other"), 1, "en", 9);
        library.put(other.passage(), Objects.requireNonNull(library.get(new PassageId("a"))));
        Retriever retriever = retriever(List.of(other, hit("a", 3)), List.of());

        shown.match(Set.of(new DocumentId("d")));
        assertThat(ids(retriever.retrieve(filtered()))).containsExactly("a");

        shown.match(Set.of());
        RetrievalResult nothing = retriever.retrieve(filtered());
        assertThat(nothing.passages()).isEmpty();
        assertThat(nothing.evidence()).isEqualTo(RetrievalResult.Evidence.NONE);
    }

    private static RetrievalRequest filtered() {
        RetrievalRequest all = request("text", RetrievalMode.HYBRID, 5);
        return new RetrievalRequest(
                all.question(),
                all.earlierQuestions(),
                all.collections(),
                all.mode(),
                all.limit(),
                all.deadline(),
                all.context(),
                new SearchFilter(List.of(new SearchFilter.AnyOf("tags", Set.of("x"), Set.of(), Set.of()))));
    }

    @Test
    void retrieve_everyStage_isTimed() {
        retriever(List.of(), List.of()).retrieve(request("text", RetrievalMode.HYBRID, 1));

        assertThat(meters.find("lectern.turn.stage").timers())
                .extracting(timer -> timer.getId().getTag("stage"))
                .containsExactlyInAnyOrder("rewrite", "embed", "search", "fuse", "fetch");
    }

    @Test
    void retrieve_outOfBounds_isInvalid() {
        Retriever retriever = retriever(List.of(), List.of());
        for (RetrievalRequest request : List.of(
                request(" ", RetrievalMode.HYBRID, 10),
                request("x".repeat(4_001), RetrievalMode.HYBRID, 10),
                request("text", RetrievalMode.HYBRID, 0))) {
            assertThatThrownBy(() -> retriever.retrieve(request)).isInstanceOf(LecternException.class);
        }
    }

    private record FakePassages(Map<PassageId, Passage> held) implements Passages {
        @Override
        public Map<PassageId, Passage> present(Collection<PassageId> ids, ReadableCollections readable) {
            Map<PassageId, Passage> present = new HashMap<>(held);
            present.keySet().retainAll(ids);
            return present;
        }

        @Override
        public List<Passage> ofDocument(DocumentId document, ReadableCollections readable) {
            return List.of();
        }

        @Override
        public List<Passage> neighbours(PassageId passage, int before, int after, ReadableCollections readable) {
            return List.of();
        }
    }
}
