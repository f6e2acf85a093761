package dev.lectern.conversations;

import dev.lectern.conversations.Message.Status;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import dev.lectern.storage.NodeRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes messages to the database. An answer changes only while its status is {@code generating}. */
@Component
final class TurnRepository {
    private final JdbcClient jdbc;
    private final NodeRegistry nodeRegistry;

    TurnRepository(JdbcClient jdbc, NodeRegistry nodeRegistry) {
        this.jdbc = jdbc;
        this.nodeRegistry = nodeRegistry;
    }

    boolean isGenerating(ConversationId conversation) {
        return !jdbc.sql("SELECT id FROM message WHERE conversation_id = ? AND status = 'generating'")
                .param(conversation.value())
                .query(String.class)
                .list()
                .isEmpty();
    }

    void insertQuestion(
            MessageId id, ConversationId conversation, @Nullable String parent, String question, Instant now) {
        jdbc.sql("""
                        INSERT INTO message (id, conversation_id, parent_id, role, status, created_at, content, folded_question)
                        VALUES (?, ?, ?, 'question', 'complete', ?, ?, ?)""")
                .param(id.value())
                .param(conversation.value())
                .param(parent)
                .param(now.toEpochMilli())
                .param(question)
                .param(ConversationService.folded(question))
                .update();
    }

    void insertAnswer(MessageId id, ConversationId conversation, MessageId question, Instant now) {
        jdbc.sql("""
                        INSERT INTO message (id, conversation_id, parent_id, role, status, created_at, content, owner)
                        VALUES (?, ?, ?, 'answer', 'generating', ?, '', ?)""")
                .params(id.value(), conversation.value(), question.value(), now.toEpochMilli(), nodeRegistry.self())
                .update();
    }

    boolean saveProgress(MessageId answer, String text) {
        return jdbc.sql("UPDATE message SET content = ? WHERE id = ? AND status = 'generating'")
                        .params(withoutNul(text), answer.value())
                        .update()
                > 0;
    }

    boolean finish(MessageId answer, Status status, String text, String json) {
        return jdbc.sql("UPDATE message SET status = ?, content = ?, answer = ? WHERE id = ? AND status = 'generating'")
                        .params(MessageRepository.lower(status), withoutNul(text), json, answer.value())
                        .update()
                > 0;
    }

    Set<MessageId> findGenerating(Collection<MessageId> answers) {
        return answers.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("SELECT id FROM message WHERE id IN (:answers) AND status = 'generating'")
                        .param("answers", answers.stream().map(MessageId::value).toList())
                        .query((row, number) -> new MessageId(row.getString(1)))
                        .list());
    }

    /** Selects before it updates, because there is hardly ever an orphaned answer. Returns the number of answers that were marked. */
    int interruptOrphanedAnswers() {
        List<String> orphans = jdbc.sql("SELECT id FROM message WHERE status = 'generating' AND "
                        + nodeRegistry.orphanCondition("message.owner"))
                .query((row, number) -> row.getString(1))
                .list();
        int interrupted = 0;
        for (String orphan : orphans) {
            interrupted += jdbc.sql(
                            "UPDATE message SET status = 'interrupted' WHERE id = ? AND status = 'generating' AND "
                                    + nodeRegistry.orphanCondition("message.owner"))
                    .param(orphan)
                    .update();
        }
        return interrupted;
    }

    /** PostgreSQL stores no NUL character in a text, and a model may write one. */
    private static String withoutNul(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
