package dev.lectern.security.keys;

import dev.lectern.shared.Caller;

/**
 * An API key was changed; published in the transaction that does it.
 *
 * @param caller who changed it
 * @param details for the audit log, without secrets; may be empty
 */
public record ApiKeyChanged(Caller caller, Kind kind, StoredApiKey key, String details) {
    /** What was changed. */
    public enum Kind {
        CREATED,
        CHANGED,
        /** It has got another secret. */
        EXCHANGED,
        REVOKED
    }
}
