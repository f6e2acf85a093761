package dev.lectern.library;

import dev.lectern.http.NumberChange;
import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a collection. Null leaves something as it is.
 *
 * @param name 1 to 80 characters once stripped
 * @param conversationsKeptDays for how many days conversations that ask the collection are kept, 1 to {@value #MAX_DAYS}; null in it for as long as the
 *     installation keeps them
 */
public record CollectionChange(
        @Nullable String name, @Nullable NumberChange conversationsKeptDays) {
    public static final int MAX_DAYS = 3_650;

    /** @throws LecternException INVALID_REQUEST */
    public CollectionChange {
        name = name == null ? null : new CollectionName(name).value();
        Integer days = conversationsKeptDays == null ? null : conversationsKeptDays.value();
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            throw LecternException.invalid(
                    "conversationsKeptDays",
                    "Conversations are kept for 1 to " + MAX_DAYS + " days, not " + days
                            + ". Send null to keep them as long as the server keeps others.");
        }
    }

    /** A new name. */
    public static CollectionChange ofName(String name) {
        return new CollectionChange(name, null);
    }
}
