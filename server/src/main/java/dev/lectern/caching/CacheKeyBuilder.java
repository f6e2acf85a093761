package dev.lectern.caching;

import dev.lectern.shared.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Builds a short key from many parts: a hash of all parts with their lengths, so that different lists of parts have different keys. */
public final class CacheKeyBuilder {
    private static final int INT = 4;

    private final Sha256 hash = new Sha256();

    private CacheKeyBuilder() {}

    public static CacheKeyBuilder begin() {
        return new CacheKeyBuilder();
    }

    public CacheKeyBuilder with(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        hash.update(bytes);
        return this;
    }

    public CacheKeyBuilder with(long part) {
        return with(Long.toString(part));
    }

    public CacheKeyBuilder with(List<String> parts) {
        length(parts.size());
        parts.forEach(this::with);
        return this;
    }

    /** The key, 43 characters long. No part can be added afterwards. */
    public String end() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash.bytes());
    }

    private void length(int length) {
        for (int i = 0; i < INT; i++) {
            hash.update((byte) (length >>> (i * Byte.SIZE)));
        }
    }
}
