package dev.lectern.security.accounts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do beside the grants of collections. */
public enum Role {
    /** Uses what is granted, and creates collections. */
    USER,
    /** Reads, changes and shares everything, and manages people, keys and settings. */
    ADMINISTRATOR;

    /** The name in lower case, as the API and the database have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a {@link #text()}; empty when there is none. */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
