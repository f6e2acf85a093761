package dev.lectern.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.util.unit.DataSize;

/** The body of a request that is refused without being read. */
public final class RefusedBody {
    private static final long MAX_BYTES = DataSize.ofMegabytes(64).toBytes();

    private RefusedBody() {}

    /**
     * Reads and discards a body of moderate size: a client that is still sending when the connection closes would not see the response. After a larger body, or
     * one of unknown size, the response closes the connection.
     *
     * @throws IOException when the client sends too slowly or disconnects
     */
    public static void discard(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long length = request.getContentLengthLong();
        boolean isChunked = length < 0 && request.getHeader("Transfer-Encoding") != null;
        if (isChunked || length > MAX_BYTES) {
            response.setHeader("Connection", "close");
        } else if (length > 0) {
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
