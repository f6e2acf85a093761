package dev.lectern.observability;

import dev.lectern.observability.spi.HealthPart;
import dev.lectern.observability.spi.HealthPart.Health;
import dev.lectern.observability.spi.HealthPart.State;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Asks every part how it is, all at once; a part that does not answer in time counts as down. */
@Component
public class HealthReport {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReport.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ObjectProvider<HealthPart> parts;
    private final ExecutorService executor;

    HealthReport(ObjectProvider<HealthPart> parts, ExecutorService executor) {
        this.parts = parts;
        this.executor = executor;
    }

    /** How each part is, by its name. */
    public Map<String, Health> all() {
        return ask(parts.orderedStream().toList());
    }

    /** How those parts are without which the program takes no requests. */
    public Map<String, Health> neededToBeReady() {
        return ask(parts.orderedStream().filter(HealthPart::neededToBeReady).toList());
    }

    /** The worst state of some parts; {@code UP} of none. */
    public static State worst(Map<String, Health> parts) {
        return parts.values().stream().map(Health::state).max(State::compareTo).orElse(State.UP);
    }

    private Map<String, Health> ask(List<HealthPart> asked) {
        Map<String, Health> answers = new LinkedHashMap<>();
        try {
            List<Callable<Health>> questions =
                    asked.stream().<Callable<Health>>map(part -> part::check).toList();
            List<Future<Health>> futures = executor.invokeAll(questions, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < asked.size(); i++) {
                answers.put(asked.get(i).name(), answer(asked.get(i), futures.get(i)));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            asked.forEach(part -> answers.putIfAbsent(part.name(), Health.down("The server is stopping.")));
        }
        return answers;
    }

    private static Health answer(HealthPart part, Future<Health> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException late) {
            return Health.down("It did not say how it is within " + PATIENCE.toSeconds() + " s.");
        } catch (ExecutionException failure) {
            LOG.warn("The health check of {} failed", part.name(), failure.getCause());
            return Health.down("Its check failed; the log says why.");
        }
    }
}
