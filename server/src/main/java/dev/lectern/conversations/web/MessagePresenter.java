package dev.lectern.conversations.web;

import dev.lectern.conversations.Message;
import dev.lectern.conversations.Message.Role;
import dev.lectern.conversations.Message.Status;
import dev.lectern.conversations.StoredAnswerRenderer;
import dev.lectern.conversations.StoredAnswerRenderer.RenderedAnswer;
import dev.lectern.shared.Caller;
import dev.lectern.shared.MessageId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Converts messages to JSON, with each answer as it may be shown now. */
@Component
class MessagePresenter {
    private final StoredAnswerRenderer renderer;

    MessagePresenter(StoredAnswerRenderer renderer) {
        this.renderer = renderer;
    }

    List<MessageJson> toJson(List<Message> messages, Caller caller) {
        Map<MessageId, RenderedAnswer> rendered = renderAnswers(messages, caller);
        return messages.stream()
                .map(message -> {
                    RenderedAnswer answer = rendered.get(message.id());
                    return MessageJson.of(message, answer == null ? null : answer.json());
                })
                .toList();
    }

    Map<MessageId, RenderedAnswer> renderAnswers(List<Message> messages, Caller caller) {
        return renderer.render(
                messages.stream()
                        .filter(message -> message.role() == Role.ANSWER && message.status() != Status.GENERATING)
                        .toList(),
                caller);
    }
}
