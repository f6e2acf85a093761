package dev.lectern.security.signin;

import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.AccountChanged;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The sessions of people, in the database. An ended session holds on no node any more: each request reads its session there. Thread-safe.
 */
@Component
public class UserSessions {
    static final String ADDRESS = "address";
    static final String USER_AGENT = "user_agent";
    private static final String NONE = "";

    private final FindByIndexNameSessionRepository<? extends Session> stored;
    private final SessionRepository<? extends Session> limited;
    private final SessionProperties properties;
    private final JdbcClient jdbc;
    private final AccessChanges changes;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    UserSessions(
            FindByIndexNameSessionRepository<? extends Session> stored,
            SessionProperties properties,
            JdbcClient jdbc,
            AccessChanges changes,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.stored = stored;
        this.limited = new LimitedSessionRepository<>(stored, properties.sessionMax(), clock);
        this.properties = properties;
        this.jdbc = jdbc;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The sessions as requests use them. */
    SessionRepository<? extends Session> limited() {
        return limited;
    }

    /** The present sessions of a person, the last one first. */
    public List<UserSession> list(String userId) {
        return stored.findByPrincipalName(userId).values().stream()
                .filter(session -> !session.isExpired()
                        && session.getCreationTime()
                                .plus(properties.sessionMax())
                                .isAfter(clock.instant()))
                .map(session -> new UserSession(
                        session.getId(),
                        session.getCreationTime(),
                        session.getLastAccessedTime(),
                        textOf(session, ADDRESS),
                        textOf(session, USER_AGENT)))
                .sorted(Comparator.comparing(UserSession::createdAt).reversed())
                .toList();
    }

    private static String textOf(Session session, String attribute) {
        return Objects.requireNonNullElse(session.<String>getAttribute(attribute), NONE);
    }

    /** @return whether the person had this session */
    public boolean end(String userId, String sessionId) {
        return changes.make(() -> {
            deleteAttributes("session_id = ? AND principal_name = ?", sessionId, userId);
            return jdbc.sql("DELETE FROM user_session WHERE session_id = ? AND principal_name = ?")
                            .params(sessionId, userId)
                            .update()
                    > 0;
        });
    }

    /**
     * Ends the sessions of a person.
     *
     * @param except id of a session that stays; empty for none
     * @return their number
     */
    public int endAll(String userId, String except) {
        return changes.make(() -> {
            deleteAttributes("principal_name = ? AND session_id <> ?", userId, except);
            return jdbc.sql("DELETE FROM user_session WHERE principal_name = ? AND session_id <> ?")
                    .params(userId, except)
                    .update();
        });
    }

    @EventListener
    void onAccountChanged(AccountChanged event) {
        switch (event.kind()) {
            case DISABLED, DELETED -> endAll(event.user().id(), NONE);
            case CREATED, CHANGED, ENABLED, ROLE_CHANGED, ROLE_KEPT -> {}
        }
    }

    /**
     * Deletes sessions that have ended.
     *
     * @return their number
     */
    int deleteExpired() {
        long now = clock.millis();
        return deleteBefore("expiry_time", now)
                + deleteBefore("creation_time", now - properties.sessionMax().toMillis());
    }

    private int deleteBefore(String column, long time) {
        Integer deleted = transactions.execute(_ -> {
            jdbc.sql("DELETE FROM user_session_attributes WHERE session_primary_id IN"
                            + " (SELECT primary_id FROM user_session WHERE " + column + " < ?)")
                    .param(time)
                    .update();
            return jdbc.sql("DELETE FROM user_session WHERE " + column + " < ?")
                    .param(time)
                    .update();
        });
        return Objects.requireNonNull(deleted);
    }

    private void deleteAttributes(String condition, String first, String second) {
        jdbc.sql("DELETE FROM user_session_attributes WHERE session_primary_id IN"
                        + " (SELECT primary_id FROM user_session WHERE " + condition + ")")
                .params(first, second)
                .update();
    }
}
