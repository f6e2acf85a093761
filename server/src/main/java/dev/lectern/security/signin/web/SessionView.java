package dev.lectern.security.signin.web;

import org.jspecify.annotations.Nullable;

/**
 * Who calls, and how to sign in.
 *
 * @param mode {@code open}: whoever reaches the server may use it; {@code private}: people sign in
 * @param user who has signed in; absent for others
 * @param isAdministrator whether the caller may manage the server: a person with that role, or in the mode open whoever sits at the machine
 * @param csrfToken what changes of this session send in the header X-CSRF-Token; absent without a session
 * @param needsSetup whether there is no administrator who can sign in
 * @param password whether people sign in with a password
 * @param passkeys whether people can sign in with a passkey under the address that the browser uses
 * @param provider the identity provider that people sign in with; absent without one
 * @param conversations number of conversations that were begun without signing in, and that an account can take over at the sign-in; 0 for others
 */
record SessionView(
        String mode,
        @Nullable SessionUser user,
        boolean isAdministrator,
        @Nullable String csrfToken,
        boolean needsSetup,
        boolean password,
        boolean passkeys,
        @Nullable ProviderView provider,
        long conversations) {

    /**
     * A person.
     *
     * @param name what the person signs in with, such as {@code anna}
     * @param displayName what others see
     * @param role {@code user} or {@code administrator}
     */
    record SessionUser(String id, String name, String displayName, String role) {}

    /**
     * An identity provider.
     *
     * @param href path that the browser opens
     */
    record ProviderView(String name, String href) {}
}
