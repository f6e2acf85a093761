package dev.lectern.security.signin;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Ends sessions after a time even if they are used, and saves few of their uses ({@link LimitedSession}). */
final class LimitedSessionRepository<S extends Session> implements SessionRepository<LimitedSession<S>> {
    private final SessionRepository<S> sessions;
    private final Duration max;
    private final InstantSource clock;

    /** @param max time after which a session ends in any case */
    LimitedSessionRepository(SessionRepository<S> sessions, Duration max, InstantSource clock) {
        this.sessions = sessions;
        this.max = max;
        this.clock = clock;
    }

    @Override
    public LimitedSession<S> createSession() {
        return new LimitedSession<>(sessions.createSession());
    }

    @Override
    public void save(LimitedSession<S> session) {
        sessions.save(session.unwrap());
    }

    @Override
    public @Nullable LimitedSession<S> findById(String id) {
        S found = sessions.findById(id);
        if (found == null) {
            return null;
        }
        if (found.getCreationTime().plus(max).isBefore(clock.instant())) {
            sessions.deleteById(id);
            return null;
        }
        return new LimitedSession<>(found);
    }

    @Override
    public void deleteById(String id) {
        sessions.deleteById(id);
    }
}
