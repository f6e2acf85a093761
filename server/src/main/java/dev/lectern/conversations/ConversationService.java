package dev.lectern.conversations;

import dev.lectern.http.Page;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.text.VisibleText;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Creates, lists, renames and deletes the conversations of a caller. The conversations of other callers are {@link ErrorCode#NOT_FOUND}. */
@Service
public final class ConversationService {
    /** Maximum number of collections of one conversation. */
    public static final int MAX_COLLECTIONS = 100;

    public static final int MAX_PAGE = 200;

    private final ConversationRepository table;
    private final IdGenerator ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    ConversationService(ConversationRepository table, IdGenerator ids, Clock clock, ApplicationEventPublisher events) {
        this.table = table;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /**
     * @param title null to make the title from the first question
     * @param collections at most {@value #MAX_COLLECTIONS}; read access is checked when a question is asked
     */
    public Conversation create(Caller caller, @Nullable String title, List<CollectionId> collections) {
        if (collections.size() > MAX_COLLECTIONS) {
            throw LecternException.invalid(
                    "collections",
                    "A conversation has at most " + MAX_COLLECTIONS + " collections, this one has " + collections.size()
                            + ". Leave some out.");
        }
        var now = clock.instant();
        var made = new Conversation(
                new ConversationId(ids.next()), title == null ? "" : checkedTitle(title), collections, now, now);
        table.insert(caller.id(), made, folded(made.title()));
        return made;
    }

    public Conversation find(Caller caller, ConversationId id) {
        return table.find(caller.id(), id).orElseThrow(notFound());
    }

    /**
     * One page of conversations, the newest first.
     *
     * @param query text that the title or a question contains, in any letter case; null for all
     * @param limit 1 to {@value #MAX_PAGE}
     */
    public Page<Conversation> page(Caller caller, @Nullable String query, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw LecternException.invalid("limit", "The limit is 1 to " + MAX_PAGE + ", not " + limit + ".");
        }
        String wanted = query == null || query.isBlank() ? "" : folded(query.strip());
        List<Conversation> found = table.page(caller.id(), wanted, ConversationCursor.parse(cursor), limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        return new Page<>(
                found.subList(0, limit),
                ConversationCursor.of(found.get(limit - 1)).encode());
    }

    public Conversation rename(Caller caller, ConversationId id, String title) {
        String checked = checkedTitle(title);
        if (!table.rename(caller.id(), id, checked, folded(checked))) {
            throw notFound().get();
        }
        return find(caller, id);
    }

    /** Deletes the conversation with its messages and feedback. An answer that is still being written for it is stopped. */
    public void delete(Caller caller, ConversationId id) {
        if (!table.delete(caller.id(), id)) {
            throw notFound().get();
        }
        events.publishEvent(new ConversationDeletedEvent(id));
    }

    /** The number of conversations of a caller. */
    public long count(Caller caller) {
        return table.count(caller.id());
    }

    /**
     * Gives all conversations of a caller to another one.
     *
     * @return their number
     */
    public long move(Caller from, Caller to) {
        return table.move(from.id(), to.id());
    }

    private static String checkedTitle(String title) {
        String line = VisibleText.toName(title);
        if (line.isEmpty() || line.length() > TitleGenerator.MAX_TITLE) {
            throw LecternException.invalid(
                    "title",
                    "A title has 1 to " + TitleGenerator.MAX_TITLE + " characters, this one has " + line.length()
                            + ".");
        }
        return line;
    }

    static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static Supplier<LecternException> notFound() {
        return () -> new LecternException(
                ErrorCode.NOT_FOUND, "Conversation not found. It may have been deleted. Open another one.");
    }
}
