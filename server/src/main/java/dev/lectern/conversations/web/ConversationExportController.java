package dev.lectern.conversations.web;

import dev.lectern.conversations.Conversation;
import dev.lectern.conversations.ConversationService;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.MessageService;
import dev.lectern.conversations.StoredAnswerRenderer.RenderedAnswer;
import dev.lectern.http.Page;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.MessageId;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Exports the current branch of a conversation as a file, the oldest message first; at most the newest 1,000 messages. */
@RestController
@RequestMapping("/api/v1/conversations/{id}/export")
@RequiresScope(Scope.ASK)
class ConversationExportController {
    private static final int MAX_MESSAGES = 1_000;
    private static final MediaType MARKDOWN = MediaType.parseMediaType("text/markdown;charset=UTF-8");

    private final ConversationService conversationService;
    private final MessageService messages;
    private final MessagePresenter presenter;

    ConversationExportController(
            ConversationService conversationService, MessageService messages, MessagePresenter presenter) {
        this.conversationService = conversationService;
        this.messages = messages;
        this.presenter = presenter;
    }

    /**
     * A conversation as a file.
     *
     * @param conversation the conversation
     * @param messages at most 1,000, the oldest first
     */
    record ConversationExport(ConversationJson conversation, List<MessageJson> messages) {}

    /**
     * Exports the current branch of a conversation as a file, the oldest message first. It has at most the newest 1,000 messages.
     *
     * @param format {@code markdown} or {@code json}
     */
    @GetMapping(produces = {"text/markdown", MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> exportConversation(
            Caller caller, @PathVariable String id, @RequestParam(defaultValue = "markdown") String format) {
        Conversation conversation = conversationService.find(caller, new ConversationId(id));
        List<Message> oldestFirst = readAll(caller, conversation.id());
        return switch (format) {
            case "markdown" -> file(MARKDOWN, "md", conversation, markdown(conversation, oldestFirst, caller));
            case "json" ->
                file(
                        MediaType.APPLICATION_JSON,
                        "json",
                        conversation,
                        new ConversationExport(
                                ConversationJson.of(conversation), presenter.toJson(oldestFirst, caller)));
            default ->
                throw LecternException.invalid(
                        "format", "The format is \"markdown\" or \"json\", not \"" + format + "\".");
        };
    }

    private List<Message> readAll(Caller caller, ConversationId id) {
        List<Message> found = new ArrayList<>();
        @Nullable String next = null;
        do {
            Page<Message> page =
                    messages.page(caller, id, next == null ? null : new MessageId(next), null, MessageService.MAX_PAGE);
            found.addAll(page.items());
            next = page.next();
        } while (next != null && found.size() < MAX_MESSAGES);
        return found.reversed();
    }

    private String markdown(Conversation conversation, List<Message> oldestFirst, Caller caller) {
        Map<MessageId, RenderedAnswer> answers = presenter.renderAnswers(oldestFirst, caller);
        return MarkdownExport.of(conversation, oldestFirst, answers);
    }

    private static ResponseEntity<Object> file(MediaType type, String ending, Conversation conversation, Object body) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"conversation-" + conversation.id() + "." + ending + "\"")
                .body(body);
    }
}
