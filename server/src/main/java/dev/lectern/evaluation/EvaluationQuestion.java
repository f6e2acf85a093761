package dev.lectern.evaluation;

import dev.lectern.answering.PastExchange;
import java.util.List;
import java.util.Map;

/**
 * A question of a dataset with its judgements.
 *
 * @param history questions and answers before it, oldest first
 * @param answers gold answers, may be empty
 * @param markedUnanswerable by the dataset itself
 * @param grades of the judged documents, by their ids in the dataset
 */
record EvaluationQuestion(
        String id,
        String text,
        List<PastExchange> history,
        List<String> answers,
        boolean markedUnanswerable,
        Map<String, Integer> grades) {
    EvaluationQuestion {
        history = List.copyOf(history);
        answers = List.copyOf(answers);
        grades = Map.copyOf(grades);
    }

    boolean hasRelevant() {
        return grades.values().stream().anyMatch(grade -> grade > 0);
    }

    List<String> earlierQuestions() {
        return history.stream().map(PastExchange::question).toList();
    }
}
