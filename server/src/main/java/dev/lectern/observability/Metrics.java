package dev.lectern.observability;

import dev.lectern.observability.MetricsConfiguration.MachineMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All figures, in the text format of Prometheus. */
@Component
public class Metrics {
    private final PrometheusMeterRegistry registry;
    private final ObjectProvider<MachineMetrics> machine;

    Metrics(PrometheusMeterRegistry registry, ObjectProvider<MachineMetrics> machine) {
        this.registry = registry;
        this.machine = machine;
    }

    /** What has been counted until now. */
    public String text() {
        machine.getObject();
        return registry.scrape();
    }
}
