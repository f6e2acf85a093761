package dev.lectern.conversations;

import dev.lectern.conversations.Message.Role;
import dev.lectern.conversations.Message.Status;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads messages and writes feedback. {@link TurnRepository} writes messages. */
@Component
final class MessageRepository {
    private static final String SELECT = """
            SELECT m.id, m.conversation_id, m.parent_id, m.role, m.status, m.created_at, m.content, m.answer, m.filter, f.rating, f.comment
              FROM message m LEFT JOIN feedback f ON f.message_id = m.id""";

    private final JdbcClient jdbc;
    private final Clock clock;

    MessageRepository(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Message> find(ConversationId conversation, String id) {
        return withBranches(
                        conversation,
                        jdbc.sql(SELECT + " WHERE m.id = ? AND m.conversation_id = ?")
                                .params(id, conversation.value())
                                .query(MessageRepository::read)
                                .list())
                .stream()
                .findFirst();
    }

    /** The message and the messages before it on its branch, at most {@code limit}, the newest first. */
    List<Message> path(ConversationId conversation, String end, int limit) {
        return withBranches(
                conversation,
                jdbc.sql("""
                                WITH RECURSIVE path(id, parent_id, depth) AS (
                                    SELECT id, parent_id, 1 FROM message WHERE id = :id AND conversation_id = :conversation
                                    UNION ALL
                                    SELECT e.id, e.parent_id, p.depth + 1 FROM message e JOIN path p ON e.id = p.parent_id
                                     WHERE p.depth < :limit)
                                """ + SELECT + " JOIN path p ON p.id = m.id ORDER BY p.depth")
                        .param("id", end)
                        .param("conversation", conversation.value())
                        .param("limit", limit)
                        .query(MessageRepository::read)
                        .list());
    }

    /** The newest message among the given one and all that follow it. */
    Optional<String> findNewestDescendant(ConversationId conversation, MessageId id) {
        return jdbc.sql("""
                        WITH RECURSIVE below(id, created_at, depth) AS (
                            SELECT id, created_at, 1 FROM message WHERE id = :id AND conversation_id = :conversation
                            UNION ALL
                            SELECT m.id, m.created_at, b.depth + 1 FROM message m JOIN below b ON m.parent_id = b.id
                             WHERE m.conversation_id = :conversation)
                        SELECT id FROM below ORDER BY created_at DESC, depth DESC, id DESC LIMIT 1""")
                .param("id", id.value())
                .param("conversation", conversation.value())
                .query(String.class)
                .optional();
    }

    boolean isAnswerOf(String owner, MessageId id) {
        return !jdbc.sql("""
                        SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id
                         WHERE m.id = ? AND c.owner = ? AND m.role = 'answer' AND m.status <> 'generating'""")
                .params(id.value(), owner)
                .query(String.class)
                .list()
                .isEmpty();
    }

    void saveFeedback(MessageId id, Feedback feedback) {
        jdbc.sql("""
                        INSERT INTO feedback (message_id, rating, comment, created_at) VALUES (?, ?, ?, ?)
                        ON CONFLICT (message_id) DO UPDATE
                           SET rating = excluded.rating, comment = excluded.comment, created_at = excluded.created_at""")
                .param(id.value())
                .param(lower(feedback.rating()))
                .param(feedback.comment())
                .param(clock.millis())
                .update();
    }

    private List<Message> withBranches(ConversationId conversation, List<Message> path) {
        List<String> parents = path.stream()
                .filter(message -> message.role() == Role.QUESTION)
                .map(message -> parentKey(message.parent()))
                .toList();
        if (parents.isEmpty()) {
            return path;
        }
        Map<String, List<MessageId>> questions = questionsByParent(conversation, parents);
        return path.stream()
                .map(message -> {
                    List<MessageId> branches = questions.getOrDefault(parentKey(message.parent()), List.of());
                    return message.role() == Role.QUESTION && branches.size() > 1
                            ? withBranches(message, branches)
                            : message;
                })
                .toList();
    }

    private Map<String, List<MessageId>> questionsByParent(ConversationId conversation, List<String> parents) {
        Map<String, List<MessageId>> found = new HashMap<>();
        jdbc.sql("""
                        SELECT id, COALESCE(parent_id, '') AS parent FROM message
                         WHERE conversation_id = :conversation AND role = 'question' AND COALESCE(parent_id, '') IN (:parents)
                         ORDER BY created_at, id""")
                .param("conversation", conversation.value())
                .param("parents", parents)
                .query((ResultSet row) -> {
                    found.computeIfAbsent(row.getString("parent"), _ -> new ArrayList<>())
                            .add(new MessageId(row.getString("id")));
                });
        return found;
    }

    private static String parentKey(@Nullable MessageId parent) {
        return parent == null ? "" : parent.value();
    }

    private static Message withBranches(Message m, List<MessageId> branches) {
        return new Message(
                m.id(),
                m.conversation(),
                m.parent(),
                m.role(),
                m.status(),
                m.createdAt(),
                m.content(),
                m.answer(),
                branches,
                m.feedback(),
                m.filter());
    }

    private static Message read(ResultSet row, int number) throws SQLException {
        String parent = row.getString("parent_id");
        String rating = row.getString("rating");
        return new Message(
                new MessageId(row.getString("id")),
                new ConversationId(row.getString("conversation_id")),
                parent == null ? null : new MessageId(parent),
                Role.valueOf(upper(row.getString("role"))),
                Status.valueOf(upper(row.getString("status"))),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getString("content"),
                row.getString("answer"),
                List.of(),
                rating == null ? null : new Feedback(Feedback.Rating.valueOf(upper(rating)), row.getString("comment")),
                row.getString("filter"));
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
