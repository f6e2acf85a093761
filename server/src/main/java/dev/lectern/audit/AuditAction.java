package dev.lectern.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the audit log records. The {@link #text()} of an action never changes, since it is stored. */
public enum AuditAction {
    COLLECTION_CREATED("collection"),
    COLLECTION_RENAMED("collection"),
    /** How long conversations that ask it are kept. */
    COLLECTION_CHANGED("collection"),
    COLLECTION_DELETED("collection"),
    DOCUMENT_DELETED("document"),
    SOURCE_ADDED("source"),
    SOURCE_REMOVED("source"),
    /** Somebody confirmed that all documents may be deleted whose files are gone from a source. */
    DELETION_CONFIRMED("deletion"),
    JOB_CANCELLED("job"),
    REEMBEDDING_STARTED("reembedding"),
    REEMBEDDING_SWITCHED("reembedding"),
    REEMBEDDING_ROLLED_BACK("reembedding"),
    /** The index that is not active is deleted. */
    REEMBEDDING_DROPPED("reembedding"),
    LIBRARY_REPAIRED("library"),
    SETTINGS_CHANGED("settings"),
    SIGN_IN_SUCCEEDED("sign_in"),
    SIGN_IN_FAILED("sign_in"),
    SIGN_OUT("sign_out"),
    SESSION_REVOKED("session"),
    OPERATOR_KEY_REJECTED("operator_key"),
    SECRETS_REPLACED("secrets"),
    KEY_CREATED("key"),
    KEY_CHANGED("key"),
    KEY_ROTATED("key"),
    KEY_REVOKED("key"),
    /** A request came with an API key that is unknown, expired or revoked, or whose owner is disabled. */
    KEY_REJECTED("key"),
    /** A link to choose a password or to make the first administrator was made. */
    LINK_CREATED("link"),
    USER_CREATED("user"),
    USER_CHANGED("user"),
    USER_DISABLED("user"),
    USER_ENABLED("user"),
    USER_DELETED("user"),
    PASSWORD_CHANGED("password"),
    SECOND_FACTOR_CHANGED("second_factor"),
    PASSKEY_ADDED("passkey"),
    PASSKEY_RENAMED("passkey"),
    PASSKEY_REMOVED("passkey"),
    GROUP_CHANGED("group"),
    ROLE_CHANGED("role"),
    GRANT_CHANGED("grant"),
    EXPORT_CREATED("export"),
    CONVERSATIONS_DELETED("conversations"),
    /** Conversations were deleted after their retention. */
    CONVERSATIONS_EXPIRED("conversations"),
    /** The oldest entries were removed after their retention. */
    AUDIT_TRIMMED("audit");

    private final String text;

    /** @param thing what comes before the dot */
    AuditAction(String thing) {
        String rest = name().toLowerCase(Locale.ROOT).substring(thing.length());
        text = rest.isEmpty() ? thing : thing + "." + rest.substring(1);
    }

    /** The stored name, such as {@code collection.deleted} or {@code sign_out}. */
    public String text() {
        return text;
    }

    /** The action of a stored name; empty for one of a later version. */
    public static Optional<AuditAction> find(String text) {
        return Arrays.stream(values())
                .filter(action -> action.text.equals(text))
                .findFirst();
    }
}
