package dev.lectern.caching.redis;

import java.net.URI;

/**
 * The address of a Redis server with its credentials. {@code toString} only shows host and port.
 */
public final class RedisUrl {
    /** The expected format, for error messages. */
    public static final String FORM = "the address of a Redis server, redis://host:6379 or rediss://host:6379";

    /** A valid address, for error messages. */
    public static final String EXAMPLE = "redis://localhost:6379";

    /** No Redis server. */
    public static final RedisUrl NONE = new RedisUrl("");

    private final String text;

    private RedisUrl(String text) {
        this.text = text;
    }

    /**
     * @param text {@code redis://} or {@code rediss://} (TLS) with {@code user:password@}, a host, a port (6379 when left out) and {@code /database}; or empty
     * @throws IllegalArgumentException for anything else
     */
    public static RedisUrl of(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return NONE;
        }
        URI uri = URI.create(stripped);
        if (!("redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("Not " + FORM);
        }
        return new RedisUrl(stripped);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    String reveal() {
        return text;
    }

    /** Host and port, without credentials. */
    public String hostAndPort() {
        URI uri = URI.create(text);
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "none" : hostAndPort();
    }
}
