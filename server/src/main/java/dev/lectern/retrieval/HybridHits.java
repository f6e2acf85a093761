package dev.lectern.retrieval;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.retrieval.ranking.FusedHit;
import dev.lectern.retrieval.ranking.LexicalWeight;
import dev.lectern.retrieval.ranking.RankedList;
import dev.lectern.retrieval.ranking.RankedList.ScoreType;
import dev.lectern.retrieval.ranking.ScoreFusion;
import dev.lectern.retrieval.rewriting.RewrittenQuestion;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.PassageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The hits of the index for every wording of a question, by words and by embeddings. */
final class HybridHits {
    /** Hits of each ranking, however few are wanted: the scores are standardised over them. */
    private static final int DEPTH = 100;

    private record QueryHits(RewrittenQuestion.WeightedQuery query, List<SearchHit> lexical, List<SearchHit> dense) {}

    private final List<QueryHits> queries;
    private final RetrievalMode mode;

    private HybridHits(List<QueryHits> queries, RetrievalMode mode) {
        this.queries = queries;
        this.mode = mode;
    }

    /** The hits of a search in which no document takes part. */
    static HybridHits none(RewrittenQuestion rewrittenQuestion, RetrievalMode mode) {
        return new HybridHits(
                rewrittenQuestion.queries().stream()
                        .map(query -> new QueryHits(query, List.of(), List.of()))
                        .toList(),
                mode);
    }

    /** @param embeddings of the queries in their order; not used in {@link RetrievalMode#LEXICAL} */
    static HybridHits search(
            PassageIndex index,
            RewrittenQuestion rewrittenQuestion,
            List<float[]> embeddings,
            RetrievalMode mode,
            SearchScope searchScope,
            int limit,
            Deadline deadline) {
        int depth = Math.max(DEPTH, limit);
        List<QueryHits> queries = new ArrayList<>();
        for (int i = 0; i < rewrittenQuestion.queries().size(); i++) {
            RewrittenQuestion.WeightedQuery query = rewrittenQuestion.queries().get(i);
            List<SearchHit> lexical =
                    mode == RetrievalMode.DENSE ? List.of() : index.lexical(query.text(), searchScope, depth, deadline);
            List<SearchHit> dense = mode == RetrievalMode.LEXICAL
                    ? List.of()
                    : index.dense(embeddings.get(i), searchScope, depth, deadline);
            queries.add(new QueryHits(query, lexical, dense));
        }
        return new HybridHits(queries, mode);
    }

    /** Probability that the embedder knows the language, 0 to 1. */
    double knownShare(String language, Set<String> languages) {
        QueryHits first = queries.getFirst();
        return LexicalWeight.knownShare(language, first.lexical(), first.dense(), languages);
    }

    List<FusedHit> fuse(double lexicalWeight) {
        if (queries.size() == 1 && mode != RetrievalMode.HYBRID) {
            QueryHits only = queries.getFirst();
            return ScoreFusion.rankAlone(
                    mode == RetrievalMode.LEXICAL
                            ? new RankedList(ScoreType.BM25, only.lexical(), 1)
                            : new RankedList(ScoreType.COSINE, only.dense(), 1));
        }
        List<RankedList> lists = new ArrayList<>();
        for (QueryHits wording : queries) {
            double weight = wording.query().weight();
            if (mode != RetrievalMode.DENSE) {
                lists.add(new RankedList(ScoreType.BM25, wording.lexical(), weight * lexicalWeight));
            }
            if (mode != RetrievalMode.LEXICAL) {
                lists.add(new RankedList(ScoreType.COSINE, wording.dense(), weight * (1 - lexicalWeight)));
            }
        }
        return ScoreFusion.fuse(lists);
    }

    /** The cosines of the hits for a wording. */
    Map<PassageId, Float> cosines(String wording) {
        Map<PassageId, Float> cosines = new HashMap<>();
        queries.stream()
                .filter(one -> one.query().text().equals(wording))
                .flatMap(one -> one.dense().stream())
                .forEach(hit -> cosines.put(hit.passage(), hit.score()));
        return cosines;
    }
}
