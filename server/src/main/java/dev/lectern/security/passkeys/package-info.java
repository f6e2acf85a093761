/**
 * Passkeys (WebAuthn): adding them to accounts, and signing in with one. Built on Spring Security and WebAuthn4J, which are loaded only when somebody uses a
 * passkey.
 */
@NullMarked
package dev.lectern.security.passkeys;

import org.jspecify.annotations.NullMarked;
