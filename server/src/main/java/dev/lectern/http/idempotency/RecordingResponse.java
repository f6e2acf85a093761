package dev.lectern.http.idempotency;

import dev.lectern.http.idempotency.IdempotencyClaim.ResponseRecord;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes a response through and records a copy of at most one megabyte; responses to changes are much smaller. */
final class RecordingResponse extends HttpServletResponseWrapper {
    private static final int MAX_COPY_BYTES = 1 << 20;

    private final ByteArrayOutputStream copy = new ByteArrayOutputStream();
    private @Nullable ServletOutputStream stream;
    private boolean complete = true;

    RecordingResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether the copy contains the whole response. */
    boolean isComplete() {
        return complete;
    }

    ResponseRecord record() {
        return new ResponseRecord(
                getStatus(), getContentType(), getHeader("Location"), copy.toString(StandardCharsets.UTF_8), null);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new RecordingOutputStream(super.getOutputStream());
        }
        return stream;
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        copy.reset();
    }

    private void copy(byte[] bytes, int offset, int length) {
        if (copy.size() + length > MAX_COPY_BYTES) {
            complete = false;
        } else {
            copy.write(bytes, offset, length);
        }
    }

    private final class RecordingOutputStream extends ServletOutputStream {
        private final ServletOutputStream out;

        RecordingOutputStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            copy(bytes, offset, length);
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
