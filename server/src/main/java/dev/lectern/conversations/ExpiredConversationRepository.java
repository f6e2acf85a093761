package dev.lectern.conversations;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds and deletes conversations by their age, whoever owns them, and remembers who deletes. Every method joins a transaction. */
@Repository
class ExpiredConversationRepository {
    private final JdbcClient jdbc;

    ExpiredConversationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A conversation that may have expired.
     *
     * @param owner the id of a caller
     * @param collections empty for all that the owner may read
     */
    record Candidate(ConversationId id, String owner, List<CollectionId> collections, Instant updatedAt) {}

    /**
     * Conversations whose last question was before {@code before}, the oldest first.
     *
     * @param after only those behind it in this order; null for the first ones
     */
    List<Candidate> findBefore(Instant before, @Nullable Candidate after, int limit) {
        return jdbc.sql("SELECT id, owner, collections, updated_at FROM conversation"
                        + " WHERE updated_at < ? AND (updated_at, id) > (?, ?) ORDER BY updated_at, id LIMIT ?")
                .params(
                        before.toEpochMilli(),
                        after == null ? Long.MIN_VALUE : after.updatedAt().toEpochMilli(),
                        after == null ? "" : after.id().value(),
                        limit)
                .query((row, number) -> new Candidate(
                        new ConversationId(row.getString(1)),
                        row.getString(2),
                        ConversationRepository.readCollections(row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4))))
                .list();
    }

    /** Deletes a conversation with its messages and feedback unless a question was asked since it was found. */
    boolean delete(Candidate found) {
        return jdbc.sql("DELETE FROM conversation WHERE id = ? AND updated_at = ?")
                        .params(found.id().value(), found.updatedAt().toEpochMilli())
                        .update()
                > 0;
    }

    /** Lets one node at a time begin: false if one has begun less than {@code pause} ago. A time that lies ahead is of a wrong clock. */
    boolean claim(Instant now, Duration pause) {
        return jdbc.sql("UPDATE conversation_cleanup SET started_at = ?"
                                + " WHERE id = 1 AND (started_at <= ? OR started_at > ?)")
                        .params(
                                now.toEpochMilli(),
                                now.minus(pause).toEpochMilli(),
                                now.plus(pause).toEpochMilli())
                        .update()
                > 0;
    }

    /** Remembers deletions until they are recorded. */
    void addUnrecorded(int deleted) {
        jdbc.sql("UPDATE conversation_cleanup SET unrecorded = unrecorded + ? WHERE id = 1")
                .param(deleted)
                .update();
    }

    /** The number of deletions that are not recorded, which it sets to 0. */
    long takeUnrecorded() {
        Optional<Long> unrecorded = jdbc.sql("SELECT unrecorded FROM conversation_cleanup WHERE id = 1")
                .query(Long.class)
                .optional();
        if (unrecorded.isEmpty() || unrecorded.get() == 0) {
            return 0;
        }
        int taken = jdbc.sql("UPDATE conversation_cleanup SET unrecorded = 0 WHERE id = 1 AND unrecorded = ?")
                .param(unrecorded.get())
                .update();
        return taken == 0 ? 0 : unrecorded.get();
    }
}
