package dev.lectern.conversations.web;

import dev.lectern.conversations.Feedback;
import dev.lectern.conversations.Feedback.Rating;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.MessageService;
import dev.lectern.conversations.web.MessageJson.FeedbackJson;
import dev.lectern.http.Page;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import dev.lectern.text.VisibleText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ASK)
class MessagesController {
    private final MessageService messageService;
    private final MessagePresenter presenter;

    MessagesController(MessageService messageService, MessagePresenter presenter) {
        this.messageService = messageService;
        this.presenter = presenter;
    }

    /**
     * Lists the messages of a branch of a conversation, the newest first.
     *
     * @param before the {@code next} of the page before; null for the newest messages
     * @param branch id of a question of the branch; null for the current one
     */
    @GetMapping("/conversations/{id}/messages")
    Page<MessageJson> listMessages(
            Caller caller,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String branch,
            @RequestParam(defaultValue = "50") int limit) {
        Page<Message> page = messageService.page(
                caller, new ConversationId(id), messageId("before", before), messageId("branch", branch), limit);
        return new Page<>(presenter.toJson(page.items(), caller), page.next());
    }

    /** Shows a message of a conversation. */
    @GetMapping("/conversations/{id}/messages/{messageId}")
    MessageJson getMessage(Caller caller, @PathVariable String id, @PathVariable String messageId) {
        Message message = messageService.find(caller, new ConversationId(id), new MessageId(messageId));
        return presenter.toJson(List.of(message), caller).getFirst();
    }

    /** Rates an answer. A second rating replaces the first. */
    @PostMapping("/messages/{id}/feedback")
    @Nullable FeedbackJson rateAnswer(Caller caller, @PathVariable String id, @RequestBody NewFeedback body) {
        return FeedbackJson.of(messageService.rate(caller, new MessageId(id), body.checked()));
    }

    /**
     * A rating of an answer.
     *
     * @param rating required, {@code up} or {@code down}
     * @param comment at most 2,000 characters; null or empty for none
     */
    record NewFeedback(@Nullable String rating, @Nullable String comment) {
        Feedback checked() {
            Rating checked = switch (rating) {
                case "up" -> Rating.UP;
                case "down" -> Rating.DOWN;
                case null, default ->
                    throw LecternException.invalid("rating", "The rating must be \"up\" or \"down\".");
            };
            return new Feedback(checked, comment == null || VisibleText.isBlank(comment) ? null : comment.strip());
        }
    }

    private static @Nullable MessageId messageId(String parameter, @Nullable String value) {
        if (value != null && value.isEmpty()) {
            throw LecternException.invalid(
                    parameter,
                    "The parameter `" + parameter + "` is empty. Send the id of a message, or leave it out.");
        }
        return value == null ? null : new MessageId(value);
    }
}
