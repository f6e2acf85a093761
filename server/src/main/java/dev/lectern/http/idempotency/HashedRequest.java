package dev.lectern.http.idempotency;

import dev.lectern.shared.Sha256;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * A request with a hash of its path, query and body. The hash of an upload covers its parts and not the multipart boundary, which differs for each attempt.
 *
 * @param request request to continue with; its body can still be read
 */
record HashedRequest(HttpServletRequest request, String hash) {

    static HashedRequest of(HttpServletRequest request) throws IOException, ServletException {
        Sha256 hash = new Sha256();
        add(hash, request.getRequestURI());
        add(hash, String.valueOf(request.getQueryString()));
        if (isUpload(request)) {
            for (Part part : request.getParts()) {
                add(hash, part);
            }
            return new HashedRequest(request, hash.hex());
        }
        byte[] body = request.getInputStream().readAllBytes();
        return new HashedRequest(
                new BufferedRequest(request, body), hash.update(body).hex());
    }

    private static void add(Sha256 hash, Part part) throws IOException {
        add(hash, part.getName());
        add(hash, String.valueOf(part.getSubmittedFileName()));
        add(hash, Long.toString(part.getSize()));
        try (InputStream content = part.getInputStream()) {
            hash.update(content);
        }
    }

    private static void add(Sha256 hash, String text) {
        hash.update(text).update((byte) 0);
    }

    private static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static final class BufferedRequest extends HttpServletRequestWrapper {
        private final byte[] body;

        BufferedRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new BufferedInputStream(new ByteArrayInputStream(body));
        }
    }

    private static final class BufferedInputStream extends ServletInputStream {
        private final ByteArrayInputStream in;

        BufferedInputStream(ByteArrayInputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return in.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("Requests are read on their own thread");
        }
    }
}
