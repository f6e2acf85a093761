package dev.lectern.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** To whom a permission on a collection is granted. */
public enum GranteeKind {
    /** Whoever reaches the server, without signing in too. */
    EVERYONE(false),
    /** Everybody who has signed in. */
    SIGNED_IN(false),
    /** One person. */
    USER(true),
    /** The members of a group. */
    GROUP(true);

    private final boolean hasId;

    GranteeKind(boolean hasId) {
        this.hasId = hasId;
    }

    /** Whether a grant of this kind names somebody. */
    public boolean hasId() {
        return hasId;
    }

    /** The name in lower case, as the API and the database have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a {@link #text()}; empty when there is none. */
    public static Optional<GranteeKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
