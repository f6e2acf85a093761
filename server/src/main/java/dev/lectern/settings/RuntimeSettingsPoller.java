package dev.lectern.settings;

import dev.lectern.observability.spi.PeriodicTask;
import dev.lectern.storage.Dialect;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Applies the stored settings before the server responds, and on PostgreSQL looks every second whether another node has changed one. On SQLite there is no other
 * node.
 */
@Component
@Lazy(false)
class RuntimeSettingsPoller implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RuntimeSettingsPoller.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Before the server responds. */
    private static final int PHASE = 0;

    private final RuntimeSettings settings;
    private final ExecutorService executor;
    private final Dialect dialect;
    private boolean failing;
    private final PeriodicTask task = new PeriodicTask(INTERVAL, INTERVAL, this::poll);
    private volatile boolean running;

    RuntimeSettingsPoller(RuntimeSettings settings, ExecutorService executor, Dialect dialect) {
        this.settings = settings;
        this.executor = executor;
        this.dialect = dialect;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public void start() {
        settings.refresh();
        running = true;
        if (dialect == Dialect.POSTGRESQL) {
            task.start(executor);
        }
    }

    private void poll() {
        try {
            settings.refresh();
            if (failing) {
                log.info("Settings that other nodes change are read again");
            }
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing && running) {
                log.warn("Settings that other nodes change could not be read; this is repeated every second", failure);
            }
            failing = true;
        }
    }

    @Override
    public void stop() {
        running = false;
        task.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
