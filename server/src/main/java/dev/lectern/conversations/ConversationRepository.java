package dev.lectern.conversations;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
final class ConversationRepository {
    private static final String COLUMNS = "id, title, collections, created_at, updated_at";

    private final JdbcClient jdbc;

    ConversationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String owner, Conversation conversation, String foldedTitle) {
        jdbc.sql("""
                        INSERT INTO conversation (id, owner, title, folded_title, collections, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        conversation.id().value(),
                        owner,
                        conversation.title(),
                        foldedTitle,
                        conversation.collections().stream()
                                .map(CollectionId::value)
                                .collect(Collectors.joining(" ")),
                        conversation.createdAt().toEpochMilli(),
                        conversation.updatedAt().toEpochMilli())
                .update();
    }

    Optional<Conversation> find(String owner, ConversationId id) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM conversation WHERE id = ? AND owner = ?")
                .params(id.value(), owner)
                .query(ConversationRepository::read)
                .optional();
    }

    /** @param folded lower-case text that the title or a question contains; empty for all conversations */
    List<Conversation> page(String owner, String folded, ConversationCursor after, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + """
                         FROM conversation c
                        WHERE owner = :owner
                          AND (updated_at, id) < (:updated, :id)
                          AND (:wanted = '%%' OR folded_title LIKE :wanted ESCAPE '!' OR EXISTS (
                                SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.folded_question LIKE :wanted ESCAPE '!'))
                        ORDER BY updated_at DESC, id DESC
                        LIMIT :limit""")
                .param("owner", owner)
                .param("updated", after.updatedAt())
                .param("id", after.id())
                .param("wanted", "%" + folded.replaceAll("[!%_]", "!$0") + "%")
                .param("limit", limit)
                .query(ConversationRepository::read)
                .list();
    }

    long count(String owner) {
        return jdbc.sql("SELECT COUNT(*) FROM conversation WHERE owner = ?")
                .param(owner)
                .query(Long.class)
                .single();
    }

    int move(String from, String to) {
        return jdbc.sql("UPDATE conversation SET owner = ? WHERE owner = ?")
                .params(to, from)
                .update();
    }

    boolean rename(String owner, ConversationId id, String title, String foldedTitle) {
        return jdbc.sql("UPDATE conversation SET title = ?, folded_title = ? WHERE id = ? AND owner = ?")
                        .params(title, foldedTitle, id.value(), owner)
                        .update()
                > 0;
    }

    boolean delete(String owner, ConversationId id) {
        return jdbc.sql("DELETE FROM conversation WHERE id = ? AND owner = ?")
                        .params(id.value(), owner)
                        .update()
                > 0;
    }

    /** Sets the time of the last change. The row lock makes every other turn of the conversation wait until the transaction ends. */
    boolean updateTime(String owner, ConversationId id, Instant now) {
        return jdbc.sql("UPDATE conversation SET updated_at = ? WHERE id = ? AND owner = ?")
                        .params(now.toEpochMilli(), id.value(), owner)
                        .update()
                > 0;
    }

    Optional<String> head(ConversationId id) {
        return jdbc.sql("SELECT head FROM conversation WHERE id = ? AND head IS NOT NULL")
                .param(id.value())
                .query(String.class)
                .optional();
    }

    void setHead(ConversationId id, String head) {
        jdbc.sql("UPDATE conversation SET head = ? WHERE id = ?")
                .params(head, id.value())
                .update();
    }

    /** The content of the column {@code collections}. */
    static List<CollectionId> readCollections(String ids) {
        return Arrays.stream(ids.split(" "))
                .filter(id -> !id.isEmpty())
                .map(CollectionId::new)
                .toList();
    }

    private static Conversation read(ResultSet row, int number) throws SQLException {
        return new Conversation(
                new ConversationId(row.getString("id")),
                row.getString("title"),
                readCollections(row.getString("collections")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }
}
