package dev.lectern.security.accounts;

import dev.lectern.shared.Caller;

/**
 * An account was changed; published in the transaction that does it.
 *
 * @param caller who changed it
 * @param details for the audit log, without secrets; may be empty
 */
public record AccountChanged(Caller caller, Kind kind, UserAccount user, String details) {
    /** What was changed. */
    public enum Kind {
        CREATED,
        CHANGED,
        DISABLED,
        ENABLED,
        ROLE_CHANGED,
        /** The role was to be changed and was not, perhaps at each request of a person. */
        ROLE_KEPT,
        DELETED
    }
}
