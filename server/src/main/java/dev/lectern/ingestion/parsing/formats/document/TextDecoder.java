package dev.lectern.ingestion.parsing.formats.document;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.tika.parser.txt.CharsetDetector;
import org.apache.tika.parser.txt.CharsetMatch;
import org.jspecify.annotations.Nullable;

/** Finds the charset of a text: by its byte-order mark, by being valid UTF-8, as declared, else by the bytes' statistics. */
public final class TextDecoder {
    private static final int SAMPLE = 1 << 18;
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Charset MAC_ROMAN = Charset.forName("x-MacRoman");

    private TextDecoder() {}

    /** The whole text without byte-order mark. */
    public static String read(Path file, ParseLimits limits, @Nullable String declared) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] sample = in.readNBytes(SAMPLE);
            Charset charset = charset(sample, declared);
            StringBuilder text = new StringBuilder(sample.length);
            try (Reader reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset))) {
                char[] part = new char[1 << 14];
                for (int read = reader.read(part); read >= 0; read = reader.read(part)) {
                    text.append(part, 0, read);
                    if (text.length() > limits.textLength()) {
                        throw RejectionException.tooLong(limits.textLength());
                    }
                }
            }
            boolean marked = !text.isEmpty() && text.charAt(0) == '\uFEFF';
            return marked ? text.substring(1) : text.toString();
        }
    }

    /** @param declared what the text says of itself, null when nothing */
    public static Charset charset(byte[] bytes, @Nullable String declared) {
        Charset marked = byMark(bytes);
        if (marked != null) {
            return marked;
        }
        Charset wide = withoutMark(bytes);
        if (wide != null) {
            return wide;
        }
        if (!hasEscapes(bytes) && isUtf8(bytes)) {
            return StandardCharsets.UTF_8;
        }
        Charset said = supported(declared);
        if (said != null && !said.equals(StandardCharsets.UTF_8) && !said.name().startsWith("UTF-")) {
            return said;
        }
        return byStatistics(bytes);
    }

    private static @Nullable Charset byMark(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0)) {
            return StandardCharsets.UTF_32LE;
        }
        if (startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            return StandardCharsets.UTF_32BE;
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return startsWith(bytes, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    /** UTF-16 of mostly Latin letters has a zero at every other place. */
    private static @Nullable Charset withoutMark(byte[] bytes) {
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
        }
        int half = bytes.length / 2;
        if (half < 2) {
            return null;
        }
        if (zeros[1] > half * 0.4 && zeros[0] < half * 0.05) {
            return StandardCharsets.UTF_16LE;
        }
        return zeros[0] > half * 0.4 && zeros[1] < half * 0.05 ? StandardCharsets.UTF_16BE : null;
    }

    /** The sample may end within a character. */
    static boolean isUtf8(byte[] bytes) {
        for (int cut = 0; cut < 4 && cut <= bytes.length; cut++) {
            CharsetDecoder decoder = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
            try {
                decoder.decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
                return cut == 0 || bytes.length >= SAMPLE;
            } catch (CharacterCodingException e) {
                // Perhaps without the last byte.
            }
        }
        return false;
    }

    /** The charset that the statistics of the bytes speak for; ISO 8859-1 is read as its superset windows-1252. */
    static Charset byStatistics(byte[] bytes) {
        CharsetDetector detector = new CharsetDetector();
        detector.setText(bytes.length > 1 << 16 ? Arrays.copyOf(bytes, 1 << 16) : bytes);
        CharsetMatch match = detector.detect();
        Charset found = match == null ? null : supported(match.getName());
        if (found == null
                || found.equals(StandardCharsets.ISO_8859_1)
                || found.equals(StandardCharsets.UTF_8)
                || found.equals(WINDOWS)) {
            return isMacRoman(bytes) ? MAC_ROMAN : WINDOWS;
        }
        return found;
    }

    /** In words, the accented letters of Mac OS Roman are where windows-1252 has signs, and the other way round. */
    private static boolean isMacRoman(byte[] bytes) {
        int[] counts = new int[2];
        BitSet letters = new BitSet();
        for (int i = 1; i + 1 < bytes.length; i++) {
            int value = bytes[i] & 0xff;
            boolean inWord = value >= 0x80 && isLetter(bytes[i + 1]) && (isLetter(bytes[i - 1]) || bytes[i - 1] < '0');
            if (inWord && value <= 0x9F && (value < 0x91 || value > 0x97)) {
                counts[0]++;
                letters.set(value);
            } else if (inWord && value >= 0xC0) {
                counts[1]++;
            }
        }
        return letters.cardinality() >= 2 && counts[0] > 3 * counts[1];
    }

    private static boolean isLetter(byte value) {
        return (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
    }

    private static boolean hasEscapes(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == 0x1B && (bytes[i + 1] == '$' || bytes[i + 1] == '(')) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Charset supported(@Nullable String name) {
        try {
            return name == null || name.isBlank() ? null : Charset.forName(name.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
