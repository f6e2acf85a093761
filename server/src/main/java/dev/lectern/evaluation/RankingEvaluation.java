package dev.lectern.evaluation;

import dev.lectern.evaluation.DatasetReport.FollowUpScores;
import dev.lectern.evaluation.DatasetReport.RankingScores;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.RetrievalRequest;
import dev.lectern.retrieval.Retriever;
import dev.lectern.shared.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ranks documents for the questions of one dataset and measures the rankings. */
final class RankingEvaluation {
    /** Enough passages for a hundred documents of a few passages each. */
    private static final int PASSAGES = 400;

    private static final int NDCG_DEPTH = 10;
    private static final int RECALL_DEPTH = 100;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Retriever retriever;
    private final InstantSource clock;
    private final EvaluationCollection collection;
    private final BeirDataset dataset;

    RankingEvaluation(Retriever retriever, InstantSource clock, EvaluationCollection collection, BeirDataset dataset) {
        this.retriever = retriever;
        this.clock = clock;
        this.collection = collection;
        this.dataset = dataset;
    }

    /** @return null when no question has a relevant document */
    @Nullable RankingScores measure(List<EvaluationQuestion> questions, RetrievalMode mode) {
        List<Double> ndcg = new ArrayList<>();
        List<Double> recall = new ArrayList<>();
        List<Double> mrr = new ArrayList<>();
        for (EvaluationQuestion evaluationQuestion : questions) {
            List<String> ranking = ranked(evaluationQuestion, List.of(), mode);
            ndcg.add(RankingMeasures.ndcg(ranking, evaluationQuestion.grades(), NDCG_DEPTH));
            recall.add(RankingMeasures.recall(ranking, evaluationQuestion.grades(), RECALL_DEPTH));
            mrr.add(RankingMeasures.reciprocalRank(ranking, evaluationQuestion.grades(), NDCG_DEPTH));
        }
        return ndcg.isEmpty()
                ? null
                : new RankingScores(
                        RankingMeasures.mean(ndcg), RankingMeasures.mean(recall), RankingMeasures.mean(mrr));
    }

    /** @return null when no question has a conversation before it */
    @Nullable FollowUpScores followUps(List<EvaluationQuestion> questions) {
        List<Double> lastTurn = new ArrayList<>();
        List<Double> conversation = new ArrayList<>();
        for (EvaluationQuestion evaluationQuestion : questions) {
            if (!evaluationQuestion.history().isEmpty()) {
                lastTurn.add(ndcg(evaluationQuestion, List.of()));
                conversation.add(ndcg(evaluationQuestion, evaluationQuestion.earlierQuestions()));
            }
        }
        return lastTurn.isEmpty()
                ? null
                : new FollowUpScores(RankingMeasures.mean(lastTurn), RankingMeasures.mean(conversation));
    }

    private double ndcg(EvaluationQuestion evaluationQuestion, List<String> earlier) {
        return RankingMeasures.ndcg(
                ranked(evaluationQuestion, earlier, RetrievalMode.HYBRID), evaluationQuestion.grades(), NDCG_DEPTH);
    }

    /** Documents in the order of their best passages. Documents of other datasets keep their ranks. */
    private List<String> ranked(EvaluationQuestion evaluationQuestion, List<String> earlier, RetrievalMode mode) {
        RetrievalRequest request = new RetrievalRequest(
                evaluationQuestion.text(),
                earlier,
                collection.readable(),
                mode,
                PASSAGES,
                Deadline.in(TIMEOUT, clock),
                EvaluationCollection.MODEL_CALLS);
        return retriever.retrieve(request).passages().stream()
                .map(ranked -> ranked.passage().uri())
                .distinct()
                .flatMap(uri -> {
                    List<String> ids = collection.idsIn(dataset, uri);
                    return (ids.isEmpty() ? List.of("other dataset: " + uri) : ids).stream();
                })
                .toList();
    }
}
