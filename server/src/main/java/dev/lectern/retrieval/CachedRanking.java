package dev.lectern.retrieval;

import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.retrieval.RetrievalResult.Evidence;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.PassageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A search result as it is cached: ids and scores without text. The passages are read again at each use, so that no text of a deleted document stays here. */
record CachedRanking(String standaloneQuestion, Evidence evidence, List<CachedHit> hits) {

    CachedRanking {
        hits = List.copyOf(hits);
    }

    record CachedHit(
            PassageId passage,
            double score,
            @Nullable Float bm25,
            @Nullable Float cosine) {}

    static CachedRanking of(RetrievalResult retrievalResult) {
        return new CachedRanking(
                retrievalResult.standaloneQuestion(),
                retrievalResult.evidence(),
                retrievalResult.passages().stream()
                        .map(ranked ->
                                new CachedHit(ranked.passage().id(), ranked.score(), ranked.bm25(), ranked.cosine()))
                        .toList());
    }

    /** With the present text of the passages; empty when one of them no longer exists. */
    Optional<RetrievalResult> toResult(Passages passages, ReadableCollections readable) {
        Map<PassageId, Passage> present =
                passages.present(hits.stream().map(CachedHit::passage).toList(), readable);
        List<RankedPassage> ranked = new ArrayList<>(hits.size());
        for (CachedHit hit : hits) {
            Passage passage = present.get(hit.passage());
            if (passage == null) {
                return Optional.empty();
            }
            ranked.add(new RankedPassage(passage, hit.score(), hit.bm25(), hit.cosine()));
        }
        return Optional.of(new RetrievalResult(standaloneQuestion, ranked, evidence));
    }
}
