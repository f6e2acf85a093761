package dev.lectern.observability.web;

import dev.lectern.observability.HealthReport;
import dev.lectern.observability.spi.HealthPart.Health;
import dev.lectern.observability.spi.HealthPart.State;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says how the program is: to people, to probes of life and to probes of readiness. */
@RestController
class HealthController {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HealthReport report;
    private volatile boolean stopping;

    HealthController(HealthReport report) {
        this.report = report;
    }

    /**
     * One part of the program.
     *
     * @param sentence what is the matter and what to do
     */
    record Part(String name, State state, String sentence, Map<String, Object> figures) {}

    /** The program: as well as its worst part. */
    record Report(State state, List<Part> parts) {}

    @GetMapping("/health")
    ResponseEntity<Report> health() {
        return answer(report.all());
    }

    /** Whether the process answers at all; asks no part, as a restart would mend none. */
    @GetMapping("/health/live")
    ResponseEntity<Report> live() {
        return answer(Map.of());
    }

    @GetMapping("/health/ready")
    ResponseEntity<Report> ready() {
        return answer(stopping ? Map.of("server", Health.down("The server is stopping.")) : report.neededToBeReady());
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    private static ResponseEntity<Report> answer(Map<String, Health> healths) {
        State worst = HealthReport.worst(healths);
        List<Part> parts = healths.entrySet().stream()
                .map(entry -> new Part(
                        entry.getKey(),
                        entry.getValue().state(),
                        entry.getValue().sentence(),
                        entry.getValue().figures()))
                .toList();
        return ResponseEntity.status(worst == State.DOWN ? UNAVAILABLE : OK)
                .cacheControl(CacheControl.noStore())
                .body(new Report(worst, parts));
    }
}
