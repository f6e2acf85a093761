package dev.lectern.security.web;

import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.signin.PasswordLinks.PasswordLink;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account of a person.
 *
 * @param name what the person signs in with, such as {@code anna}
 * @param displayName what others see
 * @param email absent when unknown
 * @param role {@code user} or {@code administrator}
 * @param disabled whether the person cannot sign in
 * @param hasPassword whether the person can sign in with a password; without one only an identity provider signs them in
 * @param hasSecondFactor whether signing in with the password also needs a code
 * @param groups ids of the groups that the person belongs to
 * @param signedInAt the last time; absent before the first
 * @param invitation link with which the person chooses a password; only in the response that creates the account, otherwise absent
 */
record UserView(
        String id,
        String name,
        String displayName,
        @Nullable String email,
        String role,
        boolean disabled,
        boolean hasPassword,
        boolean hasSecondFactor,
        List<String> groups,
        Instant createdAt,
        @Nullable Instant signedInAt,
        @Nullable PasswordLink invitation) {
    static UserView of(UserAccount user, Set<String> groups) {
        return new UserView(
                user.id(),
                user.name(),
                user.displayName(),
                user.email(),
                user.role().text(),
                !user.isActive(),
                user.password() != null,
                user.secondFactor() != null,
                groups.stream().sorted().toList(),
                user.createdAt(),
                user.signedInAt(),
                null);
    }

    UserView with(PasswordLink created) {
        return new UserView(
                id,
                name,
                displayName,
                email,
                role,
                disabled,
                hasPassword,
                hasSecondFactor,
                groups,
                createdAt,
                signedInAt,
                created);
    }
}
