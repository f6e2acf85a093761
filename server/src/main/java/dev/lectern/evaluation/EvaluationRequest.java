package dev.lectern.evaluation;

import java.nio.file.Path;
import java.util.List;

/**
 * What to evaluate.
 *
 * @param corpora folders whose corpora become one collection
 * @param questions folders whose questions are asked; empty for all folders of {@code corpora} with questions
 * @param limit maximum number of questions of each folder; {@link Integer#MAX_VALUE} for all
 * @param answers whether the questions are also answered, which takes much longer than ranking
 */
public record EvaluationRequest(List<Path> corpora, List<Path> questions, int limit, boolean answers) {
    public EvaluationRequest {
        corpora = List.copyOf(corpora);
        questions = List.copyOf(questions);
    }
}
