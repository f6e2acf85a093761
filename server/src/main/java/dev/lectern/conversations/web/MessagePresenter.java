package dev.lectern.conversations.web;

import dev.lectern.conversations.AnswerRenderer.View;
import dev.lectern.conversations.AnswerRenderer;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.Message.Role;
import dev.lectern.conversations.Message.Status;
import dev.lectern.shared.Caller;
import dev.lectern.shared.MessageId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks for the present views of the answers among messages. */
@Component
class MessagePresenter {
    private final AnswerRenderer views;

    MessagePresenter(AnswerRenderer views) {
        this.views = views;
    }

    List<MessageJson> json(List<Message> messages, Caller caller) {
        Map<MessageId, View> shown = views(messages, caller);
        return messages.stream()
                .map(message -> {
                    View view = shown.get(message.id());
                    return MessageJson.of(message, view == null ? null : view.json());
                })
                .toList();
    }

    Map<MessageId, View> views(List<Message> messages, Caller caller) {
        return views.of(
                messages.stream()
                        .filter(message -> message.role() == Role.ANSWER && message.status() != Status.GENERATING)
                        .toList(),
                caller);
    }
}
