package dev.lectern.evaluation;

import java.util.Map;
import java.util.function.Consumer;

/** Measures ranking and answers with questions whose answers are known. */
public interface Evaluator {

    /**
     * Makes a scratch collection of the corpora in the data folder that is open, and asks. An equal collection of an earlier run is used again.
     *
     * @param progress gets a line now and then
     * @return by name of the folder of questions, in the order of the request
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST for a folder that is not in BEIR's layout
     */
    Map<String, DatasetReport> evaluate(EvaluationRequest request, Consumer<String> progress)
            throws InterruptedException;
}
