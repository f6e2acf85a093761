package dev.lectern.security.signin;

import dev.lectern.observability.spi.PeriodicTask;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes sessions that have ended, every ten minutes. */
@Component
@Lazy(false)
class SessionCleaner implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(SessionCleaner.class);
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final ObjectProvider<UserSessions> sessions;
    private final JdbcClient jdbc;
    private final ExecutorService executor;
    private boolean failing;
    private final PeriodicTask task = new PeriodicTask(INTERVAL, INTERVAL, this::cleanUp);

    SessionCleaner(ObjectProvider<UserSessions> sessions, JdbcClient jdbc, ExecutorService executor) {
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.executor = executor;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        task.start(executor);
    }

    void cleanUp() {
        try {
            // Without any session, Spring Session is not loaded.
            if (!jdbc.sql("SELECT 1 FROM user_session LIMIT 1")
                    .query()
                    .listOfRows()
                    .isEmpty()) {
                int deleted = sessions.getObject().deleteExpired();
                log.debug("Deleted {} sessions that have ended", deleted);
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !task.isStopped()) {
                log.warn("Sessions that have ended could not be deleted; this is repeated every {}", INTERVAL, e);
            }
            failing = true;
        }
    }

    @Override
    public void destroy() {
        task.stop();
    }
}
