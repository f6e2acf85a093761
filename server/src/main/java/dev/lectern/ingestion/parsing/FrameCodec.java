package dev.lectern.ingestion.parsing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Frames the messages on the pipes of the parser process: a message is a sequence of frames, each a mark, a length and that many
 * bytes; an empty frame ends the message. Both ends read in bounded pieces and detect anything that is not a message.
 */
final class FrameCodec {
    private static final int MARK = 0x4C454354;
    private static final int MAX_FRAME = 1 << 16;

    private FrameCodec() {}

    /** A message to write; ended by {@link OutputStream#close}, which leaves {@code out} open. */
    static OutputStream writer(OutputStream out) {
        return new Writer(new DataOutputStream(out));
    }

    /** The next message, read to its end as any stream. */
    static InputStream reader(InputStream in) {
        return new Reader(new DataInputStream(in));
    }

    private static final class Writer extends OutputStream {
        private final DataOutputStream out;
        private final byte[] frame = new byte[MAX_FRAME];
        private int filled;

        Writer(DataOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            if (filled == MAX_FRAME) {
                writeFrame();
            }
            frame[filled++] = (byte) one;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int at = offset;
            while (at < offset + length) {
                if (filled == MAX_FRAME) {
                    writeFrame();
                }
                int part = Math.min(MAX_FRAME - filled, offset + length - at);
                System.arraycopy(bytes, at, frame, filled, part);
                filled += part;
                at += part;
            }
        }

        @Override
        public void close() throws IOException {
            if (filled > 0) {
                writeFrame();
            }
            writeFrame();
            out.flush();
        }

        private void writeFrame() throws IOException {
            out.writeInt(MARK);
            out.writeInt(filled);
            out.write(frame, 0, filled);
            filled = 0;
        }
    }

    private static final class Reader extends InputStream {
        private final DataInputStream in;
        private int left;
        private boolean ended;

        Reader(DataInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0 && !ended) {
                nextFrame();
            }
            if (ended) {
                return -1;
            }
            int read = in.read(bytes, offset, Math.min(length, left));
            if (read < 0) {
                throw new EOFException();
            }
            left -= read;
            return read;
        }

        private void nextFrame() throws IOException {
            if (in.readInt() != MARK) {
                throw new IOException("Not a frame");
            }
            left = in.readInt();
            if (left < 0 || left > MAX_FRAME) {
                throw new IOException("Not a frame's length");
            }
            ended = left == 0;
        }
    }
}
