package dev.lectern.models.langchain4j;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails after a maximum number of bytes, so that a response cannot exhaust the memory. */
final class SizeLimitedInputStream extends FilterInputStream {
    private long left;

    SizeLimitedInputStream(InputStream in, long limit) {
        super(in);
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    private void count(int read) throws IOException {
        left -= read;
        if (left < 0) {
            throw new IOException("The response exceeds the maximum size");
        }
    }
}
