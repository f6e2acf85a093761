package dev.lectern.security.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who can sign in.
 *
 * @param name what the person signs in with, folded (see {@link AccountName})
 * @param displayName what others see
 * @param email null when unknown
 * @param isEmailVerified whether an identity provider or an administrator vouches for it; a person cannot
 * @param password encoded as Spring Security's password encoders do; null when only an identity provider signs the person in
 * @param passwordSetAt null without a password
 * @param secondFactor the encrypted secret of the second factor; null without one
 * @param disabledAt since when the person cannot sign in; null for an active account
 * @param signedInAt the last time; null before the first
 * @param version rises with each change by people
 */
public record UserAccount(
        String id,
        String name,
        String displayName,
        @Nullable String email,
        boolean isEmailVerified,
        Role role,
        @Nullable String password,
        @Nullable Instant passwordSetAt,
        @Nullable String secondFactor,
        @Nullable Instant disabledAt,
        Instant createdAt,
        @Nullable Instant signedInAt,
        long version) {

    /** Whether the person can sign in and be signed in. */
    public boolean isActive() {
        return disabledAt == null;
    }

    /** Without the password and the second factor, which no log may have. */
    @Override
    public String toString() {
        return "UserAccount[" + id + ", " + role + (isActive() ? "]" : ", disabled]");
    }
}
