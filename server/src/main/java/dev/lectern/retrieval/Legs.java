package dev.lectern.retrieval;

import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.retrieval.ranking.Fused;
import dev.lectern.retrieval.ranking.Fusion;
import dev.lectern.retrieval.ranking.Leg;
import dev.lectern.retrieval.ranking.Leg.Kind;
import dev.lectern.retrieval.ranking.WordWeight;
import dev.lectern.retrieval.rewriting.Searched;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.PassageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the index found for every wording of a question, by words and by embeddings. */
final class Legs {
    /** Each leg is asked for so many, however few are wanted: the scores are judged against them. */
    private static final int DEPTH = 100;

    private record Found(Searched.Query query, List<SearchHit> words, List<SearchHit> near) {}

    private final List<Found> found;
    private final RetrievalMode mode;

    private Legs(List<Found> found, RetrievalMode mode) {
        this.found = found;
        this.mode = mode;
    }

    /** @param embeddings of the queries in their order; not looked at in {@link RetrievalMode#LEXICAL} */
    static Legs search(
            PassageIndex index,
            Searched searched,
            List<float[]> embeddings,
            RetrievalMode mode,
            SearchScope searchScope,
            int limit,
            Deadline deadline) {
        int depth = Math.max(DEPTH, limit);
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < searched.queries().size(); i++) {
            Searched.Query query = searched.queries().get(i);
            List<SearchHit> words =
                    mode == RetrievalMode.DENSE ? List.of() : index.lexical(query.text(), searchScope, depth, deadline);
            List<SearchHit> near = mode == RetrievalMode.LEXICAL
                    ? List.of()
                    : index.dense(embeddings.get(i), searchScope, depth, deadline);
            found.add(new Found(query, words, near));
        }
        return new Legs(found, mode);
    }

    /** How sure it is that the embedder knows the language, 0 to 1. */
    double knownShare(String language, Set<String> languages) {
        Found first = found.getFirst();
        return WordWeight.knownShare(language, first.words(), first.near(), languages);
    }

    List<Fused> fused(double wordWeight) {
        if (found.size() == 1 && mode != RetrievalMode.HYBRID) {
            Found only = found.getFirst();
            return Fusion.alone(
                    mode == RetrievalMode.LEXICAL
                            ? new Leg(Kind.WORDS, only.words(), 1)
                            : new Leg(Kind.EMBEDDING, only.near(), 1));
        }
        List<Leg> legs = new ArrayList<>();
        for (Found wording : found) {
            double weight = wording.query().weight();
            if (mode != RetrievalMode.DENSE) {
                legs.add(new Leg(Kind.WORDS, wording.words(), weight * wordWeight));
            }
            if (mode != RetrievalMode.LEXICAL) {
                legs.add(new Leg(Kind.EMBEDDING, wording.near(), weight * (1 - wordWeight)));
            }
        }
        return Fusion.of(legs);
    }

    /** The cosines of what was found for a wording. */
    Map<PassageId, Float> cosines(String wording) {
        Map<PassageId, Float> cosines = new HashMap<>();
        found.stream()
                .filter(one -> one.query().text().equals(wording))
                .flatMap(one -> one.near().stream())
                .forEach(hit -> cosines.put(hit.passage(), hit.score()));
        return cosines;
    }
}
