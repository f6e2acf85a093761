package dev.lectern.shared;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an API key may be used for. Each operation of the API belongs to one scope, and a key has those that it was made with and no others. */
public enum Scope {
    /** Ask questions, with and without conversations, and send feedback. */
    ASK(Permission.READ),
    /** Search passages. */
    SEARCH(Permission.READ),
    /** See collections, documents, texts, originals and jobs. */
    READ(Permission.READ),
    /** Add, replace, read again and delete documents. */
    WRITE(Permission.WRITE),
    /** Create, rename, delete and share collections. */
    MANAGE(Permission.MANAGE),
    /** Read {@code /metrics}. */
    METRICS(null),
    /** What administrators do: sources, embedders, people, keys, settings and the audit log. */
    ADMIN(Permission.MANAGE);

    private final @Nullable Permission most;

    Scope(@Nullable Permission most) {
        this.most = most;
    }

    /** Whether a key with this scope may have the permission on a collection. */
    public boolean includes(Permission permission) {
        return most != null && most.includes(permission);
    }

    /** The name in lower case, as the API shows it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a {@link #text()}; empty when there is none. */
    public static Optional<Scope> of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst();
    }
}
