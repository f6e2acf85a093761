package dev.lectern.evaluation;

import dev.lectern.answering.Answers;
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

/** Runs every measure over every folder of questions, one question at a time. */
@Component
final class CollectionEvaluator implements Evaluator {
    private static final int REPORT_EVERY = 50;

    private final LibraryCollections collections;
    private final JobService jobService;
    private final Retriever retriever;
    private final ObjectProvider<Answers> answers;
    private final InstantSource clock;

    CollectionEvaluator(
            LibraryCollections collections,
            JobService jobService,
            Retriever retriever,
            ObjectProvider<Answers> answers,
            InstantSource clock) {
        this.collections = collections;
        this.jobService = jobService;
        this.retriever = retriever;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public Map<String, FolderReport> evaluate(EvaluationRequest request, Consumer<String> progress)
            throws InterruptedException {
        List<QuestionFolder> corpora = folders(request.corpora());
        List<QuestionFolder> asked = request.questions().isEmpty()
                ? corpora.stream().filter(QuestionFolder::hasQuestions).toList()
                : folders(request.questions());
        ScratchCollection collection = ScratchCollection.of(corpora, collections, jobService, progress);
        Map<String, FolderReport> reports = new LinkedHashMap<>();
        for (QuestionFolder folder : asked) {
            String name = reports.containsKey(folder.name()) ? folder.path().toString() : folder.name();
            reports.put(name, report(folder, collection, request, progress));
        }
        return reports;
    }

    private static List<QuestionFolder> folders(List<Path> paths) {
        paths.stream().filter(path -> !Files.isDirectory(path)).findFirst().ifPresent(missing -> {
            throw LecternException.invalid("folder", missing + " is not a folder. Name one in BEIR's layout.");
        });
        return paths.stream()
                .map(path -> new QuestionFolder(path.toAbsolutePath().normalize()))
                .distinct()
                .toList();
    }

    private FolderReport report(
            QuestionFolder folder, ScratchCollection collection, EvaluationRequest request, Consumer<String> progress) {
        List<Question> questions =
                folder.questions().stream().limit(request.limit()).toList();
        boolean indexed = collection.has(folder);
        List<Question> ranked =
                indexed ? questions.stream().filter(Question::hasRelevant).toList() : List.of();
        RankingRun ranking = new RankingRun(retriever, clock, collection, folder);
        progress.accept("Ranking for %,d questions of %s".formatted(ranked.size(), folder.name()));
        AnswerRun answering = request.answers() ? asked(questions, indexed, collection, folder.name(), progress) : null;
        return new FolderReport(
                questions.size(),
                ranking.measure(ranked, RetrievalMode.LEXICAL),
                ranking.measure(ranked, RetrievalMode.DENSE),
                ranking.measure(ranked, RetrievalMode.HYBRID),
                answering == null ? null : answering.answering(),
                answering == null ? null : answering.abstention(),
                ranking.followUps(ranked));
    }

    private AnswerRun asked(
            List<Question> questions,
            boolean indexed,
            ScratchCollection collection,
            String name,
            Consumer<String> progress) {
        AnswerRun run = new AnswerRun(answers.getObject(), clock, collection.readable());
        int asked = 0;
        for (Question question : questions) {
            if (asked++ % REPORT_EVERY == 0) {
                progress.accept("Asking: %,d of %,d questions of %s".formatted(asked, questions.size(), name));
            }
            run.ask(question, indexed && question.hasRelevant() && !question.markedUnanswerable());
        }
        return run;
    }
}
