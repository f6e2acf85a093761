package dev.lectern.ingestion.parsing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Writes and reads texts and bounded numbers of messages between the server and its parser process. */
final class MessageText {
    /** Text is written in pieces of so many UTF-16 units, so that no second copy of it is made. */
    private static final int PIECE = 1 << 13;

    private MessageText() {}

    /** @throws IOException when the value is not from 0 to {@code max} */
    static int bounded(int value, int max) throws IOException {
        if (value < 0 || value > max) {
            throw new IOException("Not a number within the limits");
        }
        return value;
    }

    static void write(String text, DataOutputStream out) throws IOException {
        out.writeInt(text.length());
        byte[] bytes = new byte[PIECE * 2];
        for (int from = 0; from < text.length(); from += PIECE) {
            int to = Math.min(text.length(), from + PIECE);
            for (int at = from; at < to; at++) {
                char character = text.charAt(at);
                bytes[(at - from) * 2] = (byte) (character >> 8);
                bytes[(at - from) * 2 + 1] = (byte) character;
            }
            out.write(bytes, 0, (to - from) * 2);
        }
    }

    /** Reads a text of one piece, such as a name. */
    static String readShort(DataInputStream in) throws IOException {
        return read(in, PIECE);
    }

    /** @throws IOException when the text is longer than {@code max} UTF-16 units */
    static String read(DataInputStream in, int max) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > max) {
            throw new IOException("Not a text's length");
        }
        StringBuilder text = new StringBuilder(Math.min(length, PIECE));
        byte[] bytes = new byte[PIECE * 2];
        while (text.length() < length) {
            int part = Math.min(PIECE, length - text.length());
            in.readFully(bytes, 0, part * 2);
            for (int i = 0; i < part; i++) {
                text.append((char) ((bytes[i * 2] & 0xff) << 8 | (bytes[i * 2 + 1] & 0xff)));
            }
        }
        return text.toString();
    }
}
