package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.answering.FakeLibrary;
import dev.lectern.answering.FakeRetriever;
import dev.lectern.answering.SamplePassages;
import dev.lectern.caching.TestCacheFactory;
import dev.lectern.library.SearchFilter;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class CachingRetrieverTest {
    private static final RetrievalRequest REQUEST = request("How many days?", List.of(), RetrievalMode.HYBRID, 10);

    private final FakeLibrary library = new FakeLibrary();
    private final FakeRetriever search = new FakeRetriever();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestCacheFactory caches = new TestCacheFactory(meters);
    private final Retriever retriever = caching("one");

    private Retriever caching(String models) {
        return new CachingRetriever(
                search,
                caches.open(
                        "search",
                        new SearchCacheProperties(true, Duration.ofMinutes(5), DataSize.ofMegabytes(1)).limits(),
                        new CachedRankingCodec()),
                library,
                library,
                () -> models);
    }

    private static RetrievalRequest request(String question, List<String> earlier, RetrievalMode mode, int limit) {
        return new RetrievalRequest(
                question,
                earlier,
                TestAccess.readable(Set.of(CollectionId.DEFAULT)),
                mode,
                limit,
                new Deadline(Instant.MAX),
                ModelCallContext.probe());
    }

    @Test
    void retrieve_again_isTheSameWithoutASearch() {
        RetrievalResult first = retriever.retrieve(REQUEST);
        search.passages = List.of();
        assertThat(retriever.retrieve(REQUEST)).isEqualTo(first);
        assertThat(search.searches).hasValue(1);
        assertThat(meters.get("lectern.cache.requests")
                        .tags("cache", "search", "result", "hit")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void retrieve_anythingElseInTheRequest_isSearched() {
        retriever.retrieve(REQUEST);
        retriever.retrieve(request("How many days", List.of(), RetrievalMode.HYBRID, 10));
        retriever.retrieve(request("How many days?", List.of("Before?"), RetrievalMode.HYBRID, 10));
        retriever.retrieve(request("How many days?", List.of(), RetrievalMode.LEXICAL, 10));
        retriever.retrieve(request("How many days?", List.of(), RetrievalMode.HYBRID, 9));
        retriever.retrieve(new RetrievalRequest(
                REQUEST.question(),
                List.of(),
                TestAccess.readable(Set.of()),
                RetrievalMode.HYBRID,
                10,
                REQUEST.deadline(),
                REQUEST.context()));
        caching("two").retrieve(REQUEST);
        assertThat(search.searches).hasValue(7);
        for (Set<String> tags : List.of(Set.of("a"), Set.of("a", "b"), Set.of("a, b"), Set.of("a"))) {
            retriever.retrieve(filtered(new SearchFilter.AnyOf("tags", tags, Set.of(), Set.of())));
        }
        retriever.retrieve(filtered(new SearchFilter.AnyOf("metadata.tags", Set.of("a"), Set.of(), Set.of())));
        retriever.retrieve(filtered(new SearchFilter.Range("created", SearchFilter.Unit.DAY, 1, 2)));
        retriever.retrieve(filtered(new SearchFilter.Range("created", SearchFilter.Unit.DAY, 1, 3)));
        assertThat(search.searches).as("the same filter twice").hasValue(13);
    }

    private static RetrievalRequest filtered(SearchFilter.Condition condition) {
        return new RetrievalRequest(
                REQUEST.question(),
                List.of(),
                REQUEST.collections(),
                RetrievalMode.HYBRID,
                10,
                REQUEST.deadline(),
                REQUEST.context(),
                new SearchFilter(List.of(condition)));
    }

    @Test
    void retrieve_afterAChange_isSearched() {
        retriever.retrieve(REQUEST);
        library.put(SamplePassages.HANDBOOK);
        retriever.retrieve(REQUEST);
        assertThat(search.searches).hasValue(2);
    }

    @Test
    void retrieve_passageGoneUnderTheSameGeneration_isSearched() {
        retriever.retrieve(REQUEST);
        library.forget(SamplePassages.HANDBOOK);
        search.passages = List.of();
        assertThat(retriever.retrieve(REQUEST).passages()).isEmpty();
        assertThat(search.searches).hasValue(2);
    }

    @Test
    void retrieve_whileAChangeIsOnItsWay_isNotKept() {
        search.consistent = false;
        retriever.retrieve(REQUEST);
        search.consistent = true;
        retriever.retrieve(REQUEST);
        retriever.retrieve(REQUEST);
        assertThat(search.searches).hasValue(2);
    }

    @Test
    void retrieve_fails_isNotKept() {
        search.fails = ErrorCode.INDEX_UNAVAILABLE;
        assertThatThrownBy(() -> retriever.retrieve(REQUEST)).isInstanceOf(LecternException.class);
        search.fails = null;
        assertThat(retriever.retrieve(REQUEST).passages()).hasSize(2);
    }

    @Test
    void codec_everything_comesBack() {
        CachedRankingCodec codec = new CachedRankingCodec();
        CachedRanking ranking = CachedRanking.of(new RetrievalResult(
                "Wie ist 東京?",
                List.of(
                        new RankedPassage(SamplePassages.HANDBOOK, 0.123456789, 7.5f, null),
                        new RankedPassage(SamplePassages.AGREEMENT, 0, null, -0.25f)),
                RetrievalResult.Evidence.WEAK));
        assertThat(codec.read(codec.write(ranking))).isEqualTo(ranking);
        assertThatThrownBy(() -> codec.read(new byte[] {1, 2, 3})).isInstanceOf(RuntimeException.class);
    }
}
