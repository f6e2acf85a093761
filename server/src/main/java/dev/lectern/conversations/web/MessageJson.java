package dev.lectern.conversations.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lectern.conversations.Feedback;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.Message.Role;
import dev.lectern.shared.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A question or an answer of a conversation.
 *
 * @param role {@link Role}
 * @param status {@link Message.Status}
 * @param content of a question
 * @param questionId of an answer
 * @param answer as it may be shown now; absent while it is being written
 * @param replaces the question with the same parent that was asked before this one
 * @param filter of a question: which documents it was asked to; absent for all
 * @param feedback on an answer; absent without one
 * @param branches all questions with the same parent, oldest first; absent when it is the only one
 */
record MessageJson(
        String id,
        String conversationId,
        String role,
        String status,
        Instant createdAt,
        @Nullable String content,
        @Nullable String questionId,
        @Nullable Object answer,
        @Nullable String replaces,
        @Nullable List<String> branches,
        @Nullable FeedbackJson feedback,
        @JsonRawValue @Nullable Object filter) {

    /**
     * A rating of an answer.
     *
     * @param rating {@code up} or {@code down}
     * @param comment 1 to 2,000 characters; absent without one
     */
    record FeedbackJson(String rating, @Nullable String comment) {
        static @Nullable FeedbackJson of(@Nullable Feedback feedback) {
            return feedback == null ? null : new FeedbackJson(lower(feedback.rating()), feedback.comment());
        }
    }

    static MessageJson of(Message message, @Nullable Object answer) {
        boolean question = message.role() == Role.QUESTION;
        MessageId parent = message.parent();
        List<String> branches =
                message.branches().stream().map(MessageId::value).toList();
        int index = branches.indexOf(message.id().value());
        return new MessageJson(
                message.id().value(),
                message.conversation().value(),
                lower(message.role()),
                lower(message.status()),
                message.createdAt(),
                question ? message.content() : null,
                question || parent == null ? null : parent.value(),
                answer,
                index > 0 ? branches.get(index - 1) : null,
                branches.isEmpty() ? null : branches,
                FeedbackJson.of(message.feedback()),
                message.filter());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
