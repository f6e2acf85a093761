package dev.lectern.observability.web;

import dev.lectern.observability.HealthService;
import dev.lectern.observability.spi.HealthCheck.Health;
import dev.lectern.observability.spi.HealthCheck.State;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the health of the server, with separate addresses for liveness and readiness probes. */
@RestController
@RequiresScope(Scope.METRICS)
class HealthController {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HealthService health;
    private volatile boolean stopping;

    HealthController(HealthService health) {
        this.health = health;
    }

    /**
     * The health of one component.
     *
     * @param name of the component, such as {@code index}
     * @param state of the component
     * @param sentence the condition, then what to do
     * @param figures measured values by name
     */
    record ComponentHealth(String name, State state, String sentence, Map<String, Object> figures) {}

    /**
     * The health of the server.
     *
     * @param state that of its worst component
     * @param parts its components
     */
    record HealthReport(State state, List<ComponentHealth> parts) {}

    /** The health of all components, with what to do about those that are not up. */
    @GetMapping("/health")
    ResponseEntity<HealthReport> getHealth() {
        return respond(health.checkAll());
    }

    /** Whether the process responds at all. Runs no health check, since a restart would repair no component. */
    @GetMapping("/health/live")
    ResponseEntity<HealthReport> getLiveness() {
        return respond(Map.of());
    }

    /** Whether the node can serve requests: the components that every request needs. */
    @GetMapping("/health/ready")
    ResponseEntity<HealthReport> getReadiness() {
        return respond(stopping ? Map.of("server", Health.down("The server is stopping.")) : health.checkRequired());
    }

    @EventListener(ContextClosedEvent.class)
    void markStopping() {
        stopping = true;
    }

    private static ResponseEntity<HealthReport> respond(Map<String, Health> healths) {
        State worst = HealthService.worst(healths);
        List<ComponentHealth> parts = healths.entrySet().stream()
                .map(entry -> new ComponentHealth(
                        entry.getKey(),
                        entry.getValue().state(),
                        entry.getValue().sentence(),
                        entry.getValue().figures()))
                .toList();
        return ResponseEntity.status(worst == State.DOWN ? UNAVAILABLE : OK)
                .cacheControl(CacheControl.noStore())
                // A probe is answered whatever it accepts.
                .contentType(MediaType.APPLICATION_JSON)
                .body(new HealthReport(worst, parts));
    }
}
