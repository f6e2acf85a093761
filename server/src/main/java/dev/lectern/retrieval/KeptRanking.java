package dev.lectern.retrieval;

import dev.lectern.library.Passage;
import dev.lectern.library.Passages;
import dev.lectern.retrieval.Retrieval.Evidence;
import dev.lectern.shared.PassageId;
import dev.lectern.shared.ReadableCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was found, without a word of the documents: these are read again whenever it is used, so that nothing of a deleted document is kept here. */
record KeptRanking(String standaloneQuestion, Evidence evidence, List<Found> found) {

    KeptRanking {
        found = List.copyOf(found);
    }

    record Found(
            PassageId passage,
            double score,
            @Nullable Float bm25,
            @Nullable Float cosine) {}

    static KeptRanking of(Retrieval retrieval) {
        return new KeptRanking(
                retrieval.standaloneQuestion(),
                retrieval.evidence(),
                retrieval.passages().stream()
                        .map(ranked -> new Found(ranked.passage().id(), ranked.score(), ranked.bm25(), ranked.cosine()))
                        .toList());
    }

    /** With the passages as they are now; empty when one of them is not there any more. */
    Optional<Retrieval> present(Passages passages, ReadableCollections readable) {
        Map<PassageId, Passage> present =
                passages.present(found.stream().map(Found::passage).toList(), readable);
        List<RankedPassage> ranked = new ArrayList<>(found.size());
        for (Found one : found) {
            Passage passage = present.get(one.passage());
            if (passage == null) {
                return Optional.empty();
            }
            ranked.add(new RankedPassage(passage, one.score(), one.bm25(), one.cosine()));
        }
        return Optional.of(new Retrieval(standaloneQuestion, ranked, evidence));
    }
}
