package dev.lectern.observability.web;

import dev.lectern.observability.MetricsExporter;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the metrics at {@code /metrics}. */
@RestController
@RequiresScope(Scope.METRICS)
class MetricsController {
    private final MetricsExporter metricsExporter;

    MetricsController(MetricsExporter metricsExporter) {
        this.metricsExporter = metricsExporter;
    }

    /** The metrics of this node in the text format of Prometheus. */
    @GetMapping("/metrics")
    ResponseEntity<String> getMetrics() {
        return ResponseEntity.ok()
                .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .cacheControl(CacheControl.noStore())
                .body(metricsExporter.scrape());
    }
}
