package dev.lectern.security;

import dev.lectern.shared.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Something that concerns how a person signs in, for the audit log. Published after it has happened, also for attempts that failed.
 *
 * @param userId null for an attempt under a name that nobody has, which is not told apart in the answer
 * @param name what the person signs in with, folded, at most 100 characters
 * @param address of the client, in numbers; empty for a command
 * @param details without secrets, such as {@code wrong password}; may be empty
 * @param by who did it, such as an administrator; null for the person
 */
public record SignInEvent(
        Kind kind,
        @Nullable String userId,
        String name,
        String address,
        String details,
        @Nullable Caller by) {
    public SignInEvent(Kind kind, @Nullable String userId, String name, String address, String details) {
        this(kind, userId, name, address, details, null);
    }

    /** What has happened. */
    public enum Kind {
        SIGN_IN_SUCCEEDED,
        SIGN_IN_FAILED,
        SIGN_IN_THROTTLED,
        SIGNED_OUT,
        SESSION_ENDED,
        PASSWORD_CHANGED,
        PASSWORD_RESET,
        SECOND_FACTOR_ADDED,
        SECOND_FACTOR_REMOVED,
        RECOVERY_CODE_USED,
        PASSKEY_ADDED,
        PASSKEY_RENAMED,
        PASSKEY_REMOVED,
        FIRST_ADMINISTRATOR_CREATED,
        LINK_CREATED,
        ACCOUNT_DELETED,
        DATA_EXPORTED
    }
}
