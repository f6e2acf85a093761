package dev.lectern.evaluation;

import dev.lectern.answering.SynchronousAnswerer;
import dev.lectern.ingestion.JobService;
import dev.lectern.library.LibraryCollections;
import dev.lectern.retrieval.RetrievalMode;
import dev.lectern.retrieval.Retriever;
import dev.lectern.shared.LecternException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Measures ranking and answers with the questions of datasets, one question at a time. */
@Component
public final class EvaluationService {
    private static final int REPORT_EVERY = 50;

    private final LibraryCollections collections;
    private final JobService jobService;
    private final Retriever retriever;
    private final ObjectProvider<SynchronousAnswerer> answerer;
    private final InstantSource clock;

    EvaluationService(
            LibraryCollections collections,
            JobService jobService,
            Retriever retriever,
            ObjectProvider<SynchronousAnswerer> answerer,
            InstantSource clock) {
        this.collections = collections;
        this.jobService = jobService;
        this.retriever = retriever;
        this.answerer = answerer;
        this.clock = clock;
    }

    /**
     * Puts the corpora into one collection in the open data dataset, and asks the questions. A collection of the same corpora from an earlier run is used
     * again.
     *
     * @param progress receives lines of progress for people
     * @return reports by the name of the dataset, in the order of the request
     * @throws dev.lectern.shared.LecternException INVALID_REQUEST for a dataset that is not in BEIR's layout
     */
    public Map<String, DatasetReport> evaluate(EvaluationRequest request, Consumer<String> progress)
            throws InterruptedException {
        List<BeirDataset> corpora = datasets(request.corpora());
        List<BeirDataset> asked = request.questions().isEmpty()
                ? corpora.stream().filter(BeirDataset::hasQuestions).toList()
                : datasets(request.questions());
        EvaluationCollection collection = EvaluationCollection.of(corpora, collections, jobService, progress);
        Map<String, DatasetReport> reports = new LinkedHashMap<>();
        for (BeirDataset dataset : asked) {
            String name = reports.containsKey(dataset.name()) ? dataset.path().toString() : dataset.name();
            reports.put(name, report(dataset, collection, request, progress));
        }
        return reports;
    }

    private static List<BeirDataset> datasets(List<Path> paths) {
        paths.stream().filter(path -> !Files.isDirectory(path)).findFirst().ifPresent(missing -> {
            throw LecternException.invalid("folder", missing + " is not a dataset. Name a dataset in BEIR's layout.");
        });
        return paths.stream()
                .map(path -> new BeirDataset(path.toAbsolutePath().normalize()))
                .distinct()
                .toList();
    }

    private DatasetReport report(
            BeirDataset dataset,
            EvaluationCollection collection,
            EvaluationRequest request,
            Consumer<String> progress) {
        List<EvaluationQuestion> questions =
                dataset.questions().stream().limit(request.limit()).toList();
        boolean indexed = collection.contains(dataset);
        List<EvaluationQuestion> ranked = indexed
                ? questions.stream().filter(EvaluationQuestion::hasRelevant).toList()
                : List.of();
        RankingEvaluation ranking = new RankingEvaluation(retriever, clock, collection, dataset);
        progress.accept("Ranking for %,d questions of %s".formatted(ranked.size(), dataset.name()));
        AnswerEvaluation answerScores =
                request.answers() ? askQuestions(questions, indexed, collection, dataset.name(), progress) : null;
        return new DatasetReport(
                questions.size(),
                ranking.measure(ranked, RetrievalMode.LEXICAL),
                ranking.measure(ranked, RetrievalMode.DENSE),
                ranking.measure(ranked, RetrievalMode.HYBRID),
                answerScores == null ? null : answerScores.answerScores(),
                answerScores == null ? null : answerScores.abstentionRates(),
                ranking.followUps(ranked));
    }

    private AnswerEvaluation askQuestions(
            List<EvaluationQuestion> questions,
            boolean indexed,
            EvaluationCollection collection,
            String name,
            Consumer<String> progress) {
        AnswerEvaluation run = new AnswerEvaluation(answerer.getObject(), clock, collection.readable());
        int asked = 0;
        for (EvaluationQuestion evaluationQuestion : questions) {
            if (asked++ % REPORT_EVERY == 0) {
                progress.accept("Asking: %,d of %,d questions of %s".formatted(asked, questions.size(), name));
            }
            run.ask(
                    evaluationQuestion,
                    indexed && evaluationQuestion.hasRelevant() && !evaluationQuestion.markedUnanswerable());
        }
        return run;
    }
}
