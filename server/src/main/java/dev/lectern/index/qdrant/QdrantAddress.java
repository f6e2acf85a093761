package dev.lectern.index.qdrant;

import dev.lectern.shared.InvalidSettingException;
import java.net.URI;

/**
 * Qdrant's gRPC address.
 *
 * @param port 1 to 65535
 * @param tls whether the connection is encrypted, as the scheme https says
 */
record QdrantAddress(String host, int port, boolean tls) {
    private static final int GRPC_PORT = 6334;
    private static final int HTTP_PORT = 6333;
    private static final String EXAMPLE = "Example: LECTERN_QDRANT_URL=http://localhost:6334.";

    /**
     * Parses an address; the default port is 6334.
     *
     * @throws InvalidSettingException for a malformed address; the message does not repeat it, since it could contain a password
     */
    static QdrantAddress of(String url) {
        try {
            URI uri = URI.create(url.strip());
            boolean tls = "https".equalsIgnoreCase(uri.getScheme());
            boolean known = tls || "http".equalsIgnoreCase(uri.getScheme());
            boolean more = uri.getUserInfo() != null
                    || uri.getQuery() != null
                    || !(uri.getPath() == null
                            || uri.getPath().isEmpty()
                            || uri.getPath().equals("/"));
            if (known && uri.getHost() != null && !more && uri.getPort() != 0 && uri.getPort() <= 65_535) {
                return new QdrantAddress(uri.getHost(), uri.getPort() < 0 ? GRPC_PORT : uri.getPort(), tls);
            }
            throw wrong(
                    uri.getUserInfo() == null
                            ? "LECTERN_QDRANT_URL is not a Qdrant address: it must be http or https, a host and a port."
                            : "LECTERN_QDRANT_URL must not contain a user name or password. Set the key in"
                                    + " LECTERN_QDRANT_API_KEY.");
        } catch (IllegalArgumentException malformed) {
            throw wrong("LECTERN_QDRANT_URL is not a valid address.");
        }
    }

    private static InvalidSettingException wrong(String sentence) {
        return new InvalidSettingException(sentence + " " + EXAMPLE);
    }

    /** A hint, with a leading space, when the HTTP port was configured instead of the gRPC port; otherwise empty. */
    String portHint() {
        return port == HTTP_PORT
                ? " Port 6333 is Qdrant's HTTP port: set LECTERN_QDRANT_URL to the gRPC port, 6334 by default."
                : "";
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
