package dev.lectern.observability;

import dev.lectern.observability.MetricsConfiguration.JvmMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Exports all metrics in the text format of Prometheus. */
@Component
public class MetricsExporter {
    private final PrometheusMeterRegistry registry;
    private final ObjectProvider<JvmMetrics> jvmMetrics;

    MetricsExporter(PrometheusMeterRegistry registry, ObjectProvider<JvmMetrics> jvmMetrics) {
        this.registry = registry;
        this.jvmMetrics = jvmMetrics;
    }

    /** The current values of all metrics. */
    public String scrape() {
        jvmMetrics.getObject();
        return registry.scrape();
    }
}
