package dev.lectern.evaluation;

import dev.lectern.evaluation.FolderReport.Ranking;
import dev.lectern.library.Passage;
import dev.lectern.models.Embedder;
import dev.lectern.models.EmbedderRegistry;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.Retriever;
import dev.lectern.retrieval.RetrieverFactory;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ReadableCollections;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks the same questions of the indexes of two embedders, over everything that there is. */
@Component
public final class EmbedderComparison {
    /** Questions of one comparison. */
    public static final int MOST = 1_000;

    private static final int PASSAGES = 400;
    private static final int DEPTH = 10;
    private static final int RECALL_DEPTH = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbedderRegistry embedders;
    private final RetrieverFactory retrievers;
    private final InstantSource clock;

    EmbedderComparison(EmbedderRegistry embedders, RetrieverFactory retrievers, InstantSource clock) {
        this.embedders = embedders;
        this.retrievers = retrievers;
        this.clock = clock;
    }

    /**
     * @param former hybrid search with the embedder that is moved away from
     * @param target hybrid search with the one that is moved to
     * @param changed of the questions, whose best document is another one
     */
    public record Comparison(int questions, Ranking former, Ranking target, int changed) {}

    /**
     * @param former as {@code LECTERN_EMBEDDER} takes it; its index is complete
     * @param target likewise
     * @param questions 1 to {@link #MOST}
     * @param readable collections that the caller may read
     */
    public Comparison compare(
            String former, String target, List<JudgedQuestion> questions, ReadableCollections readable) {
        if (questions.isEmpty() || questions.size() > MOST) {
            throw LecternException.invalid("questions", "Give 1 to " + MOST + " questions.");
        }
        List<List<String>> before = new ArrayList<>();
        List<List<String>> after = new ArrayList<>();
        Ranking formerRanking = ranking(embedders.open(former), questions, readable, before);
        Ranking targetRanking = ranking(embedders.open(target), questions, readable, after);
        int changed = 0;
        for (int i = 0; i < before.size(); i++) {
            changed += first(before.get(i)).equals(first(after.get(i))) ? 0 : 1;
        }
        return new Comparison(questions.size(), formerRanking, targetRanking, changed);
    }

    private static String first(List<String> ranking) {
        return ranking.isEmpty() ? "" : ranking.getFirst();
    }

    private Ranking ranking(
            Embedder embedder,
            List<JudgedQuestion> questions,
            ReadableCollections readable,
            List<List<String>> rankings) {
        Retriever retriever = retrievers.searchingWith(embedder);
        List<Double> ndcg = new ArrayList<>();
        List<Double> recall = new ArrayList<>();
        List<Double> mrr = new ArrayList<>();
        for (JudgedQuestion question : questions) {
            List<String> ranking = documents(retriever, question, readable);
            Map<String, Integer> grades = new HashMap<>();
            question.documents().forEach(document -> grades.put(document, 1));
            ndcg.add(RankingMeasures.ndcg(ranking, grades, DEPTH));
            recall.add(RankingMeasures.recall(ranking, grades, RECALL_DEPTH));
            mrr.add(RankingMeasures.reciprocalRank(ranking, grades, DEPTH));
            rankings.add(ranking);
        }
        return new Ranking(RankingMeasures.mean(ndcg), RankingMeasures.mean(recall), RankingMeasures.mean(mrr));
    }

    /** Best first, by the names that the question has for them. */
    private List<String> documents(Retriever retriever, JudgedQuestion question, ReadableCollections readable) {
        RetrievalRequest request = new RetrievalRequest(
                question.question(), List.of(), readable, RetrievalMode.HYBRID, PASSAGES, Deadline.in(PATIENCE, clock));
        Set<String> wanted = new HashSet<>(question.documents());
        return retriever.retrieve(request).passages().stream()
                .map(found -> names(found.passage()).stream()
                        .filter(wanted::contains)
                        .findFirst()
                        .orElse(found.passage().document().value()))
                .distinct()
                .toList();
    }

    private static List<String> names(Passage passage) {
        String place = URLDecoder.decode(passage.uri().replace("+", "%2B"), StandardCharsets.UTF_8);
        return List.of(
                passage.document().value(),
                passage.title(),
                passage.uri(),
                place,
                place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf(':')) + 1));
    }
}
