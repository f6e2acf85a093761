package dev.lectern.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * @param corpora folders whose corpora become one collection
 * @param questions folders whose questions are asked; empty means all of {@code corpora} that have some
 * @param limit questions of each folder, the first ones; {@link Integer#MAX_VALUE} for all
 * @param answers whether questions are answered, which takes far longer than ranking
 */
public record EvaluationRequest(List<Path> corpora, List<Path> questions, int limit, boolean answers) {
    public EvaluationRequest {
        corpora = List.copyOf(corpora);
        questions = List.copyOf(questions);
    }
}
