package dev.lectern.observability;

import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.observability.spi.HealthCheck.Health;
import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.observability.spi.HealthCheckGroup;
import dev.lectern.shared.ShutdownSignal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Runs the health checks of all components in parallel. A check that does not return in time counts as {@code DOWN}. */
@Component
public class HealthService {
    private static final Logger log = LoggerFactory.getLogger(HealthService.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ObjectProvider<HealthCheck> healthChecks;
    private final ObjectProvider<HealthCheckGroup> healthCheckGroups;
    private final ExecutorService executor;

    HealthService(
            ObjectProvider<HealthCheck> healthChecks,
            ObjectProvider<HealthCheckGroup> healthCheckGroups,
            ExecutorService executor) {
        this.healthChecks = healthChecks;
        this.healthCheckGroups = healthCheckGroups;
        this.executor = executor;
    }

    /** The health of every component, by its name. */
    public Map<String, Health> checkAll() {
        return run(all().toList());
    }

    /** The health of the components without which the server is not ready, by their names. */
    public Map<String, Health> checkRequired() {
        return run(all().filter(HealthCheck::isRequiredForReadiness).toList());
    }

    private Stream<HealthCheck> all() {
        return Stream.concat(
                healthChecks.orderedStream(),
                healthCheckGroups.orderedStream().flatMap(group -> group.healthChecks().stream()));
    }

    /** The worst state of the given components; {@code UP} when there are none. */
    public static State worst(Map<String, Health> components) {
        return components.values().stream()
                .map(Health::state)
                .max(State::compareTo)
                .orElse(State.UP);
    }

    private Map<String, Health> run(List<HealthCheck> checks) {
        Map<String, Health> results = new LinkedHashMap<>();
        try {
            List<Callable<Health>> tasks =
                    checks.stream().<Callable<Health>>map(check -> check::check).toList();
            List<Future<Health>> futures = executor.invokeAll(tasks, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < checks.size(); i++) {
                results.put(checks.get(i).name(), result(checks.get(i), futures.get(i)));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            checks.forEach(check -> results.putIfAbsent(check.name(), Health.down("The server is stopping.")));
        }
        return results;
    }

    private static Health result(HealthCheck check, Future<Health> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException late) {
            return Health.down("The health check timed out after " + TIMEOUT.toSeconds() + " s.");
        } catch (ExecutionException failure) {
            if (ShutdownSignal.isCauseOf(failure)) {
                return Health.down("The server is stopping.");
            }
            log.warn("The health check of {} failed", check.name(), failure.getCause());
            return Health.down("The health check failed. See the log for the cause.");
        }
    }
}
