package dev.lectern.security.passkeys;

import org.jspecify.annotations.Nullable;

/** What an authenticator said does not prove anything. The reason is for the audit log; whoever signs in does not get it. */
final class RejectedPasskeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String userId;

    /**
     * @param reason a few words, such as {@code foreign origin}
     * @param userId of the account whose passkey was named; null when it is unknown
     */
    RejectedPasskeyException(String reason, @Nullable String userId, @Nullable Throwable cause) {
        super(reason, cause);
        this.userId = userId;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    @Nullable String userId() {
        return userId;
    }
}
