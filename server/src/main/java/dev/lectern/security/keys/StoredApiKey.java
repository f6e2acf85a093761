package dev.lectern.security.keys;

import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored; its secrets themselves are not.
 *
 * @param name what people call it
 * @param owner id of the person whose permissions bound it; null for a key of the server
 * @param collections those that it is for; empty for all that its owner may use
 * @param expiresAt from when on it is refused; null for never
 * @param revokedAt since when it is refused; null while it is valid
 * @param lastUsedAt exact to a minute; null before the first use
 * @param secrets the newest first: one, or two while the key is exchanged
 * @param version rises with each change by people
 */
public record StoredApiKey(
        String id,
        String name,
        @Nullable String owner,
        Set<Scope> scopes,
        Set<CollectionId> collections,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt,
        List<Secret> secrets,
        long version) {
    public StoredApiKey {
        scopes = Set.copyOf(scopes);
        collections = Set.copyOf(collections);
        secrets = List.copyOf(secrets);
    }

    /**
     * A secret of a key.
     *
     * @param hint its first characters
     * @param expiresAt from when on it is refused, since another one replaces it; null for the newest
     */
    public record Secret(String hash, String hint, Instant createdAt, @Nullable Instant expiresAt) {
        boolean isValidAt(Instant time) {
            return expiresAt == null || time.isBefore(expiresAt);
        }

        /** Without the hash, which no log needs. */
        @Override
        public String toString() {
            return "Secret[" + hint + "]";
        }
    }

    StoredApiKey withSecrets(List<Secret> others) {
        return new StoredApiKey(
                id,
                name,
                owner,
                scopes,
                collections,
                createdAt,
                expiresAt,
                revokedAt,
                lastUsedAt,
                others,
                version);
    }

    /** Whether it is neither revoked nor expired. */
    boolean isValidAt(Instant time) {
        return revokedAt == null && (expiresAt == null || time.isBefore(expiresAt));
    }
}
