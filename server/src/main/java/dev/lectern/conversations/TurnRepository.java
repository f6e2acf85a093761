package dev.lectern.conversations;

import dev.lectern.conversations.Message.Status;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import dev.lectern.storage.NodeRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes messages to the database. An answer changes only while its status is {@code generating}. */
@Component
final class TurnRepository {
    private static final String SET_OUTCOME = "answer_status = ?, answer_reason = ?, answer_model = ?";

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
            MessageId id,
            ConversationId conversation,
            @Nullable String parent,
            String question,
            @Nullable String filter,
            Instant now) {
        jdbc.sql("""
                        INSERT INTO message (id, conversation_id, parent_id, role, status, created_at, content, folded_question, filter)
                        VALUES (?, ?, ?, 'question', 'complete', ?, ?, ?, ?)""")
                .param(id.value())
                .param(conversation.value())
                .param(parent)
                .param(now.toEpochMilli())
                .param(question)
                .param(ConversationService.folded(question))
                .param(filter)
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

    boolean finish(MessageId answer, Status status, String text, String json, AnswerOutcome outcome) {
        return jdbc.sql("UPDATE message SET status = ?, content = ?, answer = ?, " + SET_OUTCOME
                                + " WHERE id = ? AND status = 'generating'")
                        .params(MessageRepository.lower(status), withoutNul(text), json)
                        .param(outcome.status())
                        .param(outcome.reason())
                        .param(outcome.model())
                        .param(answer.value())
                        .update()
                > 0;
    }

    boolean exists(MessageId message) {
        return !jdbc.sql("SELECT id FROM message WHERE id = ?")
                .param(message.value())
                .query(String.class)
                .list()
                .isEmpty();
    }

    /** Answers of older versions, or of a node of an older version, which have no outcome yet. */
    List<AnswerWithoutOutcome> findWithoutOutcome(int limit) {
        return jdbc.sql("SELECT id, status, answer FROM message WHERE role = 'answer' AND status <> 'generating'"
                        + " AND answer_status IS NULL ORDER BY id LIMIT ?")
                .param(limit)
                .query((row, number) -> new AnswerWithoutOutcome(
                        new MessageId(row.getString(1)),
                        Status.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        row.getString(3)))
                .list();
    }

    void setOutcome(MessageId answer, AnswerOutcome outcome) {
        jdbc.sql("UPDATE message SET " + SET_OUTCOME + " WHERE id = ? AND answer_status IS NULL")
                .param(outcome.status())
                .param(outcome.reason())
                .param(outcome.model())
                .param(answer.value())
                .update();
    }

    Set<MessageId> findGenerating(Collection<MessageId> answers) {
        return answers.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("SELECT id FROM message WHERE id IN (:answers) AND status = 'generating'")
                        .param("answers", answers.stream().map(MessageId::value).toList())
                        .query((row, number) -> new MessageId(row.getString(1)))
                        .list());
    }

    /** Selects before it updates, because there is hardly ever an orphaned answer. Returns the answers that were marked. */
    List<InterruptedAnswer> interruptOrphanedAnswers() {
        return jdbc
                .sql("SELECT message.id, conversation_id, conversation.owner, collections FROM message"
                        + " JOIN conversation ON conversation.id = conversation_id WHERE status = 'generating' AND "
                        + nodeRegistry.orphanCondition("message.owner"))
                .query((row, number) -> new InterruptedAnswer(
                        new MessageId(row.getString(1)),
                        new ConversationId(row.getString(2)),
                        row.getString(3),
                        ConversationRepository.readCollections(row.getString(4))))
                .list()
                .stream()
                .filter(this::interrupt)
                .toList();
    }

    /** False when another node was first. */
    private boolean interrupt(InterruptedAnswer orphan) {
        return jdbc.sql("UPDATE message SET status = 'interrupted', " + SET_OUTCOME
                                + " WHERE id = ? AND status = 'generating' AND "
                                + nodeRegistry.orphanCondition("message.owner"))
                        .param(AnswerOutcome.INTERRUPTED.status())
                        .param(AnswerOutcome.INTERRUPTED.reason())
                        .param(AnswerOutcome.INTERRUPTED.model())
                        .param(orphan.answer().value())
                        .update()
                > 0;
    }

    /** PostgreSQL stores no NUL character in a text, and a model may write one. */
    private static String withoutNul(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
