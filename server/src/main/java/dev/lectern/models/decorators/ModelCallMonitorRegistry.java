package dev.lectern.models.decorators;

import dev.lectern.models.RemoteModelName;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.observability.spi.HealthCheckGroup;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The monitors of all remote models of this process: the configured ones from the start, others when they are opened. Thread-safe. */
final class ModelCallMonitorRegistry implements HealthCheckGroup {
    private final Duration interval;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Map<Key, ModelCallMonitor> monitors = new ConcurrentHashMap<>();

    private record Key(ModelKind kind, String model) {}

    ModelCallMonitorRegistry(Duration interval, InstantSource clock, MeterRegistry meters) {
        this.interval = interval;
        this.clock = clock;
        this.meters = meters;
    }

    /** The same object for the same model. */
    ModelCallMonitor of(ModelKind kind, String model) {
        return monitors.computeIfAbsent(
                new Key(kind, model), _ -> new ModelCallMonitor(kind, model, interval, clock, meters));
    }

    /** @param configured names of models; those of models in this process are left out */
    void addConfigured(ModelKind kind, List<String> configured) {
        configured.stream().filter(RemoteModelName::isRemote).forEach(name -> of(kind, name));
    }

    @Override
    public List<HealthCheck> healthChecks() {
        return monitors.values().stream()
                .sorted(Comparator.comparing(ModelCallMonitor::name))
                .map(HealthCheck.class::cast)
                .toList();
    }
}
