package dev.lectern.ingestion;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The pause between two rounds of maintenance, in which a node takes over orphaned work and notices cancellations and silent sources. */
@Component
class MaintenanceInterval {
    private final Duration pause;

    @Autowired
    MaintenanceInterval() {
        this(Duration.ofSeconds(4));
    }

    /** @param pause above zero; other nodes rely on a few seconds at most */
    MaintenanceInterval(Duration pause) {
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
