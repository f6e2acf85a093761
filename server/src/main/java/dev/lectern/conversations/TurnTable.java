package dev.lectern.conversations;

import dev.lectern.conversations.Message.Status;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes messages. An answer changes only while it is generating. */
@Component
final class TurnTable {
    private final JdbcClient jdbc;

    TurnTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
                .param(Conversations.folded(question))
                .update();
    }

    void insertAnswer(MessageId id, ConversationId conversation, MessageId question, Instant now) {
        jdbc.sql("""
                        INSERT INTO message (id, conversation_id, parent_id, role, status, created_at, content)
                        VALUES (?, ?, ?, 'answer', 'generating', ?, '')""")
                .params(id.value(), conversation.value(), question.value(), now.toEpochMilli())
                .update();
    }

    boolean progress(MessageId answer, String text) {
        return jdbc.sql("UPDATE message SET content = ? WHERE id = ? AND status = 'generating'")
                        .params(text, answer.value())
                        .update()
                > 0;
    }

    boolean finish(MessageId answer, Status status, String text, String json) {
        return jdbc.sql("UPDATE message SET status = ?, content = ?, answer = ? WHERE id = ? AND status = 'generating'")
                        .params(MessageTable.lower(status), text, json, answer.value())
                        .update()
                > 0;
    }

    int interruptBefore(Instant start) {
        return jdbc.sql("UPDATE message SET status = 'interrupted' WHERE status = 'generating' AND created_at < ?")
                .param(start.toEpochMilli())
                .update();
    }
}
