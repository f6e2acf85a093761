package dev.lectern.library.jdbc;

import dev.lectern.library.DocumentStatus;
import dev.lectern.library.Documents;
import dev.lectern.observability.spi.HealthCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** How many documents there are, by status; counted every few seconds at most. */
@Component
class LibraryMetrics implements MeterBinder, HealthCheck {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Documents documents;
    private Map<DocumentStatus, Long> counts = Map.of();
    private long countedAt;

    LibraryMetrics(Documents documents) {
        this.documents = documents;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (DocumentStatus status : DocumentStatus.values()) {
            Gauge.builder("lectern.documents", this, self -> self.counts().getOrDefault(status, 0L))
                    .description("Documents of all collections")
                    .tag("status", status.text())
                    .register(registry);
        }
    }

    private synchronized Map<DocumentStatus, Long> counts() {
        if (counts.isEmpty() || System.nanoTime() - countedAt > KEPT_NANOS) {
            counts = documents.counts();
            countedAt = System.nanoTime();
        }
        return counts;
    }

    @Override
    public String name() {
        return "library";
    }

    @Override
    public boolean isRequiredForReadiness() {
        return true;
    }

    @Override
    public Health check() {
        try {
            Map<String, Object> figures = counts().entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().text(), Entry::getValue));
            return new Health(State.UP, "The library can be read.", figures);
        } catch (DataAccessException | TransactionException e) {
            return Health.down("The library's database cannot be read. Check the data folder's disk and permissions.");
        }
    }
}
