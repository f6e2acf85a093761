package dev.lectern.http.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A request with a hash of its path, query and body. The hash of an upload covers its parts and not the multipart boundary, which differs for each attempt.
 *
 * @param request request to continue with; its body can still be read
 */
record HashedRequest(HttpServletRequest request, String hash) {

    static HashedRequest of(HttpServletRequest request) throws IOException, ServletException {
        MessageDigest digest = sha256();
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            write(out, request.getRequestURI());
            write(out, String.valueOf(request.getQueryString()));
            if (isUpload(request)) {
                for (Part part : request.getParts()) {
                    write(out, part.getName());
                    write(out, String.valueOf(part.getSubmittedFileName()));
                    write(out, Long.toString(part.getSize()));
                    try (InputStream content = part.getInputStream()) {
                        content.transferTo(out);
                    }
                }
                return new HashedRequest(request, HexFormat.of().formatHex(digest.digest()));
            }
            byte[] body = request.getInputStream().readAllBytes();
            out.write(body);
            return new HashedRequest(
                    new BufferedRequest(request, body), HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
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
