package dev.lectern.conversations.web;

import dev.lectern.conversations.Conversation;
import dev.lectern.conversations.ConversationRetention;
import dev.lectern.conversations.ConversationService;
import dev.lectern.http.Page;
import dev.lectern.security.EndUser;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/conversations", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ASK)
class ConversationsController {
    private final ConversationService conversationService;
    private final ConversationRetention retention;

    ConversationsController(ConversationService conversationService, ConversationRetention retention) {
        this.conversationService = conversationService;
        this.retention = retention;
    }

    /**
     * A conversation to begin.
     *
     * @param title 1 to 200 visible characters; null to make it from the first question
     * @param collections at most {@value ConversationService#MAX_COLLECTIONS} ids of collections that are searched; null or empty for all that
     *     the caller may read
     * @param endUser the user of a program with an API key, whose conversation it is, 1 to 128 visible characters; null for the program itself
     */
    record NewConversation(
            @Nullable String title,
            @Nullable List<String> collections,
            @Nullable String endUser) {}

    /**
     * The title of a conversation.
     *
     * @param title required, 1 to 200 visible characters
     */
    record NewTitle(@Nullable String title) {}

    /** Begins a conversation. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ConversationJson> createConversation(
            Caller caller, @RequestBody(required = false) @Nullable NewConversation body, HttpServletRequest request) {
        List<CollectionId> collections = body == null || body.collections() == null
                ? List.of()
                : body.collections().stream().map(CollectionId::new).toList();
        Caller owner = EndUser.named(caller, body == null ? null : body.endUser(), request);
        Conversation made = conversationService.create(owner, body == null ? null : body.title(), collections);
        return ResponseEntity.created(URI.create("/api/v1/conversations/" + made.id()))
                .body(describe(owner, made));
    }

    /**
     * Lists the caller's own conversations, the newest first.
     *
     * @param q text that the title or a question contains, in any letter case; null for all
     */
    @GetMapping
    Page<ConversationJson> listConversations(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String q) {
        Page<Conversation> found = conversationService.page(caller, q, cursor, limit);
        ConversationRetention.Expiry expiry = retention.expiry(caller);
        return new Page<>(
                found.items().stream()
                        .map(one -> ConversationJson.of(one, expiry.of(one).orElse(null)))
                        .toList(),
                found.next());
    }

    /** Shows a conversation. */
    @GetMapping("/{id}")
    ConversationJson getConversation(Caller caller, @PathVariable String id) {
        return describe(caller, conversationService.find(caller, new ConversationId(id)));
    }

    /** Renames a conversation. */
    @PatchMapping("/{id}")
    ConversationJson renameConversation(Caller caller, @PathVariable String id, @RequestBody NewTitle body) {
        if (body.title() == null) {
            throw LecternException.invalid("title", "The title is missing. Send the new title.");
        }
        return describe(caller, conversationService.rename(caller, new ConversationId(id), body.title()));
    }

    /** Deletes a conversation with its messages and feedback. An answer that is still being written for it is stopped. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteConversation(Caller caller, @PathVariable String id) {
        conversationService.delete(caller, new ConversationId(id));
    }

    private ConversationJson describe(Caller owner, Conversation conversation) {
        return ConversationJson.of(
                conversation, retention.expiry(owner).of(conversation).orElse(null));
    }
}
