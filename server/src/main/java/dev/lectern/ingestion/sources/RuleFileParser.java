package dev.lectern.ingestion.sources;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of a file of rules. The encoding is that of the byte order mark, else UTF-8. Bytes that are not UTF-8 are read as Latin-1, and as they are as
 * well, so that such a rule matches a name in either encoding; the file then has a problem.
 */
final class RuleFileParser {
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16LE_MARK = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16BE_MARK = {(byte) 0xFE, (byte) 0xFF};

    /** Wrong lines that are named, of one file. The rest are counted. */
    private static final int MAX_NAMED_LINES = 20;

    private static final int SHOWN_CHARACTERS = 80;

    private final List<IgnoreRule> rules = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int wrongLines;

    private RuleFileParser() {}

    static RuleFile parse(byte[] bytes) {
        RuleFileParser parser = new RuleFileParser();
        parser.read(bytes);
        return new RuleFile(List.copyOf(parser.rules), List.copyOf(parser.problems));
    }

    private void read(byte[] bytes) {
        if (startsWith(bytes, UTF_8_MARK)) {
            readUtf8(Arrays.copyOfRange(bytes, UTF_8_MARK.length, bytes.length));
        } else if (startsWith(bytes, UTF_16LE_MARK)) {
            readText(decode(bytes, UTF_16LE_MARK.length, StandardCharsets.UTF_16LE));
        } else if (startsWith(bytes, UTF_16BE_MARK)) {
            readText(decode(bytes, UTF_16BE_MARK.length, StandardCharsets.UTF_16BE));
        } else {
            Charset unmarked = guessUtf16(bytes);
            if (unmarked == null) {
                readUtf8(bytes);
            } else {
                problems.add("It looks like UTF-16 without a byte order mark, and was read as such. Save it as UTF-8.");
                readText(decode(bytes, 0, unmarked));
            }
        }
        if (wrongLines > MAX_NAMED_LINES) {
            problems.add((wrongLines - MAX_NAMED_LINES) + " more lines are not valid.");
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static String decode(byte[] bytes, int from, Charset charset) {
        return new String(bytes, from, bytes.length - from, charset);
    }

    /** A text has no NUL; in UTF-16 that of most languages has one in each line end at least, always in the same half. */
    private static @Nullable Charset guessUtf16(byte[] bytes) {
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) {
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        if (bytes.length % 2 != 0 || (zeros[0] == 0) == (zeros[1] == 0)) {
            return null;
        }
        return zeros[0] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    private void readUtf8(byte[] bytes) {
        try {
            readText(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            problems.add("It is not UTF-8 and was read as Latin-1. Save it as UTF-8.");
            readLatin1(bytes);
        }
    }

    private void readText(String text) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = trimReturn(lines[i]);
            add(IgnoreRule.bytes(line.getBytes(StandardCharsets.UTF_8)), line, i + 1);
        }
    }

    private void readLatin1(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = trimReturn(lines[i]);
            byte[] raw = line.getBytes(StandardCharsets.ISO_8859_1);
            byte[] translated = line.getBytes(StandardCharsets.UTF_8);
            boolean valid = add(IgnoreRule.bytes(translated), line, i + 1);
            if (valid && !Arrays.equals(raw, translated)) {
                add(IgnoreRule.bytes(raw), line, i + 1);
            }
        }
    }

    private static String trimReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Whether the line is valid. */
    private boolean add(String bytes, String text, int line) {
        try {
            IgnoreRule rule = IgnoreRule.parse(bytes, text, line);
            if (rule != null) {
                rules.add(rule);
            }
            return true;
        } catch (IllegalArgumentException wrong) {
            wrongLines++;
            if (wrongLines <= MAX_NAMED_LINES) {
                problems.add("Line " + line + ", `" + shorten(text.strip()) + "`, is not a valid rule: "
                        + wrong.getMessage() + ". Correct it.");
            }
            return false;
        }
    }

    private static String shorten(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
    }
}
