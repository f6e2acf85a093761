package dev.lectern.ingestion;

import dev.lectern.observability.spi.HealthCheck;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Whether documents get in. */
@Component
class IngestionHealth implements HealthCheck {
    private final Jobs jobs;
    private final TaskQueue tasks;

    IngestionHealth(Jobs jobs, TaskQueue tasks) {
        this.jobs = jobs;
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
            List<Source> failed = jobs.sources(null).stream()
                    .filter(source -> source.reason() != null)
                    .toList();
            if (!failed.isEmpty()) {
                return Health.warning(Objects.toString(failed.getFirst().reason()));
            }
            int open = tasks.open().size();
            return new Health(
                    State.UP,
                    open == 0 ? "Nothing waits to be read." : "Documents are being read.",
                    Map.of("open", open));
        } catch (DataAccessException e) {
            return Health.down("The list of work cannot be read. Check the data folder's disk and permissions.");
        }
    }
}
