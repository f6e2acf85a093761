package dev.lectern.conversations.web;

import dev.lectern.conversations.Conversation;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.Message.Role;
import dev.lectern.conversations.StoredAnswerRenderer.RenderedAnswer;
import dev.lectern.shared.MarkdownEscaper;
import dev.lectern.shared.MessageId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** A conversation as a Markdown document. Everything that a reader or a document wrote is escaped; answers are Markdown already. */
final class MarkdownExport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private MarkdownExport() {}

    static String of(Conversation conversation, List<Message> oldestFirst, Map<MessageId, RenderedAnswer> answers) {
        StringBuilder text = new StringBuilder("# ")
                .append(conversation.title().isBlank() ? "Conversation" : MarkdownEscaper.line(conversation.title()))
                .append("\n");
        for (Message message : oldestFirst) {
            if (message.role() == Role.QUESTION) {
                heading(text, "Question", message.createdAt());
                text.append(MarkdownEscaper.blockQuote(message.content()));
            } else {
                heading(text, "Answer", message.createdAt());
                RenderedAnswer answer = answers.get(message.id());
                text.append(
                                answer == null
                                        ? "*Still being written.*"
                                        : answer.markdown().strip())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static void heading(StringBuilder text, String who, Instant at) {
        text.append("\n## ").append(who).append(", ").append(TIME.format(at)).append("\n\n");
    }
}
