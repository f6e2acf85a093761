package dev.lectern.ingestion;

import dev.lectern.ingestion.jobs.TaskRepository;
import dev.lectern.ingestion.sources.Source;
import dev.lectern.ingestion.sources.SourceService;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.Caller.SystemTask;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Health of ingestion: a warning for a source whose last scan failed, down when the queue cannot be read. */
@Component
class IngestionHealthCheck implements HealthCheck {
    private final SourceService sources;
    private final TaskRepository tasks;

    IngestionHealthCheck(SourceService sources, TaskRepository tasks) {
        this.sources = sources;
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "ingestion";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return false;
    }

    @Override
    public Health check() {
        try {
            List<Source> failed = sources.list(SystemTask.MAINTENANCE).stream()
                    .filter(source -> source.reason() != null)
                    .toList();
            if (!failed.isEmpty()) {
                return Health.warning(Objects.toString(failed.getFirst().reason()));
            }
            int open = tasks.findOpenDocuments().size();
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
}
