package dev.lectern.conversations;

import dev.lectern.conversations.Message.Status;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import dev.lectern.storage.NodeRegistry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes messages. An answer changes only while it is generating. */
@Component
final class TurnTable {
    private final JdbcClient jdbc;
    private final NodeRegistry nodeRegistry;

    TurnTable(JdbcClient jdbc, NodeRegistry nodeRegistry) {
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
                .param(Conversations.folded(question))
                .update();
    }

    void insertAnswer(MessageId id, ConversationId conversation, MessageId question, Instant now) {
        jdbc.sql("""
                        INSERT INTO message (id, conversation_id, parent_id, role, status, created_at, content, owner)
                        VALUES (?, ?, ?, 'answer', 'generating', ?, '', ?)""")
                .params(id.value(), conversation.value(), question.value(), now.toEpochMilli(), nodeRegistry.self())
                .update();
    }

    boolean progress(MessageId answer, String text) {
        return jdbc.sql("UPDATE message SET content = ? WHERE id = ? AND status = 'generating'")
                        .params(keepable(text), answer.value())
                        .update()
                > 0;
    }

    boolean finish(MessageId answer, Status status, String text, String json) {
        return jdbc.sql("UPDATE message SET status = ?, content = ?, answer = ? WHERE id = ? AND status = 'generating'")
                        .params(MessageTable.lower(status), keepable(text), json, answer.value())
                        .update()
                > 0;
    }

    /** Looks before it writes, as there is hardly ever anything to write. */
    int interruptOrphans() {
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

    /** Without the one character that PostgreSQL keeps in no text; a model may write anything. */
    private static String keepable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
