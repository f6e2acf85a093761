package dev.lectern.http.idempotency;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Passes a response on and keeps a copy, of a megabyte at most: answers to changes are far smaller. */
final class RecordingResponse extends HttpServletResponseWrapper {
    private static final int LARGEST = 1 << 20;

    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private @Nullable ServletOutputStream stream;
    private boolean complete = true;

    RecordingResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether the copy is whole. */
    boolean isComplete() {
        return complete;
    }

    IdempotencyClaim.Answered answer() {
        return new IdempotencyClaim.Answered(
                getStatus(), getContentType(), getHeader("Location"), copy.toString(StandardCharsets.UTF_8));
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new Copying(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        copy.reset();
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (copy.size() + length > LARGEST) {
            complete = false;
        } else {
            copy.write(bytes, offset, length);
        }
    }

    private final class Copying extends ServletOutputStream {
        private final ServletOutputStream out;

        Copying(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            keep(bytes, offset, length);
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
