package dev.lectern.storage;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The pool's own figures, {@code hikaricp_connections*}: how many there are, how many are used and waited for, and how long. */
@Component
class PoolMetrics implements MeterBinder {
    private final HikariDataSource database;

    PoolMetrics(HikariDataSource database) {
        this.database = database;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (database.getMetricsTrackerFactory() == null) {
            database.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        }
    }
}
