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
 * A request together with a hash of all that makes it what it is. Of an upload the parts count, not the boundary between them, which differs at every try.
 *
 * @param request to be passed on: its body can still be read
 */
record RepeatableRequest(HttpServletRequest request, String hash) {

    static RepeatableRequest of(HttpServletRequest request) throws IOException, ServletException {
        Sha256 hash = new Sha256();
        add(hash, request.getRequestURI());
        add(hash, String.valueOf(request.getQueryString()));
        if (isUpload(request)) {
            for (Part part : request.getParts()) {
                add(hash, part);
            }
            return new RepeatableRequest(request, hash.hex());
        }
        byte[] body = request.getInputStream().readAllBytes();
        return new RepeatableRequest(new Kept(request, body), hash.update(body).hex());
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

    private static final class Kept extends HttpServletRequestWrapper {
        private final byte[] body;

        Kept(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Replayed(new ByteArrayInputStream(body));
        }
    }

    private static final class Replayed extends ServletInputStream {
        private final ByteArrayInputStream in;

        Replayed(ByteArrayInputStream in) {
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
