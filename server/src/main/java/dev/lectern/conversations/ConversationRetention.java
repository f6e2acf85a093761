package dev.lectern.conversations;

import dev.lectern.library.LibraryCollections;
import dev.lectern.security.ReadableCollections;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * For how long conversations are kept after their last question: the shortest period of the collections that they ask. A conversation that asks all collections
 * asks those that its owner may read at present. Thread-safe.
 */
@Component
public final class ConversationRetention {
    private final RetentionSetting setting;
    private final LibraryCollections collections;

    ConversationRetention(RetentionSetting setting, LibraryCollections collections) {
        this.setting = setting;
        this.collections = collections;
    }

    /** When a conversation may be deleted. */
    @FunctionalInterface
    public interface Expiry {
        /** Empty when it is kept for ever. */
        Optional<Instant> of(Conversation conversation);
    }

    /** When conversations of a caller may be deleted, as collections and settings are now. */
    public Expiry expiry(Caller owner) {
        RetentionPeriods periods = read();
        if (periods.shortest().isEmpty()) {
            return conversation -> Optional.empty();
        }
        Collection<CollectionId> readable = readableBy(owner);
        return conversation -> {
            List<CollectionId> chosen = conversation.collections();
            return periods.shortestOf(chosen.isEmpty() ? readable : chosen)
                    .map(conversation.updatedAt()::plus);
        };
    }

    /** The periods of the installation and its collections at present. */
    RetentionPeriods read() {
        Duration installation = setting.kept();
        ReadableCollections all = collections.readableBy(SystemTask.MAINTENANCE);
        return new RetentionPeriods(installation, all.ids(), collections.conversationDays(all));
    }

    Collection<CollectionId> readableBy(Caller owner) {
        return collections.readableBy(owner).ids();
    }
}
