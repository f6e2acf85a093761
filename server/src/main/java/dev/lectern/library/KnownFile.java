package dev.lectern.library;

import dev.lectern.shared.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * A location as it was last seen.
 *
 * @param hash of the bytes
 * @param document null when it stays away because a person deleted it
 * @param settled whether its bytes were tried with the present recipe
 */
public record KnownFile(
        String path,
        long bytes,
        long modifiedAt,
        String hash,
        @Nullable DocumentId document,
        boolean settled) {}
