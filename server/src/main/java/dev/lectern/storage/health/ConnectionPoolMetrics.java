package dev.lectern.storage.health;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Exposes the metrics of the connection pool, {@code hikaricp_connections*}: open, active and awaited connections, with their times. */
@Component
class ConnectionPoolMetrics implements MeterBinder {
    private final HikariDataSource database;

    ConnectionPoolMetrics(HikariDataSource database) {
        this.database = database;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (database.getMetricsTrackerFactory() == null) {
            database.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        }
    }
}
