package dev.lectern.conversations.web;

import dev.lectern.conversations.Conversation;
import dev.lectern.conversations.ConversationService;
import dev.lectern.conversations.Message;
import dev.lectern.conversations.MessageService;
import dev.lectern.conversations.web.ConversationExportController.ConversationExport;
import dev.lectern.http.Page;
import dev.lectern.security.PersonalDataStore;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.MessageId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The conversations of a caller as what is stored for a person. */
@Component
class PersonalConversations implements PersonalDataStore {
    private final ConversationService conversations;
    private final MessageService messages;
    private final MessagePresenter presenter;

    PersonalConversations(ConversationService conversations, MessageService messages, MessagePresenter presenter) {
        this.conversations = conversations;
        this.messages = messages;
        this.presenter = presenter;
    }

    @Override
    public String name() {
        return "conversations";
    }

    @Override
    public long count(Caller owner) {
        return conversations.count(owner);
    }

    /** The current branch of each, the oldest message first. */
    @Override
    public List<ConversationExport> export(Caller owner) {
        List<ConversationExport> all = new ArrayList<>();
        for (Conversation conversation : readAll(owner)) {
            List<Message> stored = new ArrayList<>();
            String next = null;
            do {
                Page<Message> page = messages.page(
                        owner,
                        conversation.id(),
                        next == null ? null : new MessageId(next),
                        null,
                        MessageService.MAX_PAGE);
                stored.addAll(page.items());
                next = page.next();
            } while (next != null);
            all.add(new ConversationExport(
                    ConversationJson.of(conversation), presenter.toJson(stored.reversed(), owner)));
        }
        return all;
    }

    @Override
    public long move(Caller.Visitor from, Caller.User to) {
        return conversations.move(from, to);
    }

    @Override
    public long delete(Caller owner) {
        List<ConversationId> ids = readAll(owner).stream().map(Conversation::id).toList();
        ids.forEach(id -> conversations.delete(owner, id));
        return ids.size();
    }

    private List<Conversation> readAll(Caller owner) {
        List<Conversation> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<Conversation> page = conversations.page(owner, null, cursor, ConversationService.MAX_PAGE);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
