package dev.lectern.security.passkeys;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passkey of a person, as its owner sees it.
 *
 * @param name given by the person, 1 to 100 characters
 * @param lastUsedAt the last sign-in with it; null before the first
 */
public record Passkey(
        String id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {}
