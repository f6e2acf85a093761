package dev.lectern.library.catalog;

import dev.lectern.library.DocumentStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Exposes the number of documents by status. */
@Component
class LibraryMetrics implements MeterBinder {
    private final CachedDocumentCounts counts;

    LibraryMetrics(CachedDocumentCounts counts) {
        this.counts = counts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (DocumentStatus status : DocumentStatus.values()) {
            Gauge.builder("lectern.documents", counts, current -> current.count(status))
                    .description("Documents of all collections")
                    .tag("status", status.text())
                    .register(registry);
        }
    }
}
