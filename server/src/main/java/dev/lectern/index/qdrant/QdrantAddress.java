package dev.lectern.index.qdrant;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
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
    private static final String EXAMPLE = "Write for instance LECTERN_QDRANT_URL=http://localhost:6334.";

    /**
     * Reads an address; without a port it is 6334.
     *
     * @throws LecternException {@code INVALID_REQUEST} for one that is none; the text of it is not repeated, since it could hold a password
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
                            ? "LECTERN_QDRANT_URL is not the address of a Qdrant: it takes http or https, a host and a port."
                            : "LECTERN_QDRANT_URL takes no name and password; the key belongs into LECTERN_QDRANT_API_KEY.");
        } catch (IllegalArgumentException malformed) {
            throw wrong("LECTERN_QDRANT_URL is not an address.");
        }
    }

    private static LecternException wrong(String sentence) {
        return new LecternException(ErrorCode.INVALID_REQUEST, sentence + " " + EXAMPLE);
    }

    /** A sentence about the most frequent mistake, beginning with a space; empty where it was not made. */
    String portHint() {
        return port == HTTP_PORT
                ? " Port 6333 is Qdrant's HTTP port: LECTERN_QDRANT_URL takes the gRPC port, 6334 by default."
                : "";
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
