package dev.lectern.ingestion.parsing.formats.office;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;

/** Cuts a file of Rich Text Format into groups, control words and bytes of text. */
final class RtfTokens {
    /** The kind of a token. */
    enum Kind {
        GROUP_START,
        GROUP_END,
        WORD,
        /** One byte of text in the charset of its font. */
        BYTE,
        END
    }

    private static final int MAX_WORD = 40;

    private final PushbackInputStream in;
    private String word = "";
    private boolean hasValue;
    private int value;

    RtfTokens(InputStream in) {
        this.in = new PushbackInputStream(in, 2);
    }

    /** Name of the control word or symbol that was read last. */
    String word() {
        return word;
    }

    /** Its number, or this one without a number; the byte that was read last. */
    int value(int otherwise) {
        return hasValue ? value : otherwise;
    }

    Kind next() throws IOException {
        int next = in.read();
        while (next == '\r' || next == '\n') {
            next = in.read();
        }
        return switch (next) {
            case -1 -> Kind.END;
            case '{' -> Kind.GROUP_START;
            case '}' -> Kind.GROUP_END;
            case '\\' -> readControl();
            default -> oneByte(next);
        };
    }

    private Kind oneByte(int of) {
        hasValue = true;
        value = of;
        return Kind.BYTE;
    }

    private Kind readControl() throws IOException {
        int next = in.read();
        if (next == '\'') {
            int high = Character.digit(in.read(), 16);
            int low = Character.digit(in.read(), 16);
            return oneByte(high < 0 || low < 0 ? '?' : high * 16 + low);
        }
        if (next == '\\' || next == '{' || next == '}') {
            return oneByte(next);
        }
        hasValue = false;
        if (!isLetter(next)) {
            word = next == '\r' || next == '\n' ? "par" : Character.toString(Math.max(0, next));
            return next < 0 ? Kind.END : Kind.WORD;
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        while (isLetter(next) && name.size() < MAX_WORD) {
            name.write(next);
            next = in.read();
        }
        word = name.toString(StandardCharsets.US_ASCII);
        readValue(next);
        return Kind.WORD;
    }

    private void readValue(int first) throws IOException {
        int next = first;
        boolean negative = next == '-';
        if (negative) {
            next = in.read();
        }
        long number = 0;
        for (int digits = 0; next >= '0' && next <= '9' && digits < 10; digits++) {
            hasValue = true;
            number = number * 10 + next - '0';
            next = in.read();
        }
        value = Math.clamp(negative ? -number : number, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (next >= 0 && next != ' ') {
            in.unread(next);
        }
    }

    /** Skips binary content. */
    void skip(int bytes) throws IOException {
        in.skipNBytes(Math.min(Math.max(0, bytes), (long) Integer.MAX_VALUE));
    }

    private static boolean isLetter(int character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }
}
