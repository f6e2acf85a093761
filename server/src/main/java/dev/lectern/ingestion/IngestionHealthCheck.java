package dev.lectern.ingestion;

import dev.lectern.ingestion.jobs.QueuePauseRepository;
import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.parsing.ocr.OcrCommandCheck;
import dev.lectern.ingestion.parsing.ocr.OcrProperties;
import dev.lectern.ingestion.pipeline.LoopMonitor;
import dev.lectern.ingestion.sources.LeakedSecretCheck;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.ingestion.sources.SourceWatchHealth;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.Caller.SystemTask;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Health of ingestion: a warning while the queue is paused, work in the background fails, or a source does not respond or could not be scanned; down when the queue cannot be read. */
@Component
class IngestionHealthCheck implements HealthCheck {
    private static final int MAX_PROBLEMS = 5;

    private final SourceService sources;
    private final SourceWatchHealth watchHealth;
    private final TaskRepository tasks;
    private final QueuePauseRepository pauses;
    private final LoopMonitor loops;
    private final LeakedSecretCheck secrets;
    private final OcrCommandCheck ocr;

    IngestionHealthCheck(
            SourceService sources,
            SourceWatchHealth watchHealth,
            TaskRepository tasks,
            QueuePauseRepository pauses,
            LoopMonitor loops,
            LeakedSecretCheck secrets,
            OcrProperties ocr) {
        this.ocr = new OcrCommandCheck(ocr);
        this.secrets = secrets;
        this.sources = sources;
        this.watchHealth = watchHealth;
        this.tasks = tasks;
        this.pauses = pauses;
        this.loops = loops;
    }

    @Override
    public String name() {
        return "ingestion";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    private static Health describe(QueuePause pause, int open) {
        return new Health(
                State.WARNING,
                "The work on documents is paused since " + pause.since().truncatedTo(ChronoUnit.SECONDS) + ": "
                        + pause.reason() + " " + open
                        + " documents wait. The work goes on by itself when the "
                        + pause.service().text()
                        + " can be used again.",
                Map.of("open", open, "pausedSince", pause.since().toString()));
    }

    @Override
    public Health check() {
        try {
            int open = tasks.findOpenDocuments().size();
            Optional<QueuePause> pause = pauses.findLongest();
            if (pause.isPresent()) {
                return describe(pause.get(), open);
            }
            List<String> problems = findProblems();
            if (!problems.isEmpty()) {
                return Health.warning(join(problems));
            }
            return new Health(
                    State.UP,
                    open == 0 ? "The queue is empty." : open + " documents are queued or running.",
                    Map.of("open", open));
        } catch (DataAccessException e) {
            return Health.down(
                    "The ingestion queue cannot be read from the database. Check the database, its disk and its"
                            + " permissions.");
        }
    }

    /** Sentences for operators, the most urgent first. */
    private List<String> findProblems() {
        List<String> problems = new ArrayList<>();
        String failure = loops.describe();
        if (failure != null) {
            problems.add(failure);
        }
        String leaked = secrets.notice();
        if (leaked != null) {
            problems.add(leaked + " This notice ends with the next start.");
        }
        problems.addAll(sources.listProblems(SystemTask.MAINTENANCE));
        watchHealth.describe().ifPresent(problems::add);
        ocr.findProblem().ifPresent(problems::add);
        return problems;
    }

    private static String join(List<String> problems) {
        String shown = String.join(" ", problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
        int more = problems.size() - MAX_PROBLEMS;
        return more > 0 ? shown + " There are " + more + " more problems of this kind." : shown;
    }
}
