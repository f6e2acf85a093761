package dev.lectern.shared;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths of folders and files as text that is the same in every locale, and back. To the file system a name is a row of bytes. Those that are UTF-8 stay as
 * they are, so that the composed and the decomposed form of a letter remain two names. Every byte that is not UTF-8 is written as {@code \xE9}, and a
 * backslash that would read as the begin of such an escape as {@code \x5C}: two names never have the same text, and a text belongs to one name. Parts are
 * separated by {@code /}.
 *
 * <p>{@link Path#toString} and {@link Path#of} translate names by the locale of the process and lose what it does not know; only URIs keep the bytes.
 */
public final class FolderPath {
    private static final boolean HAS_BYTE_NAMES = File.separatorChar == '/';
    /** {@link Path#toUri} asks the file system about its path. Below this one, nothing is asked that could block. */
    private static final Path NOWHERE = Path.of(HAS_BYTE_NAMES ? "/dev/null" : "");

    private static final String NOWHERE_URI = "/dev/null/";
    private static final int ESCAPE_LENGTH = 4;
    private static final int BACKSLASH = '\\';
    private static final int FIRST_BYTE_ABOVE_ASCII = 0x80;
    /** The byte that is not UTF-8 is added to it. */
    private static final int BYTE_SURROGATE = 0xDC00;

    private FolderPath() {}

    /** The text of an absolute or relative path. Does not touch the file system of the path. */
    public static String format(Path path) {
        String text = path.toString();
        if (!HAS_BYTE_NAMES) {
            return text.replace(File.separatorChar, '/');
        }
        if (isPlain(text)) {
            return text;
        }
        return format(toBytes(path));
    }

    /** The bytes of an absolute or relative path, as the file system has them. Does not touch the file system of the path. */
    public static byte[] toBytes(Path path) {
        String text = path.toString();
        if (!HAS_BYTE_NAMES || isPlain(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String encoded = NOWHERE.resolve(path.subpath(0, path.getNameCount()))
                .toUri()
                .getRawPath()
                .substring(NOWHERE_URI.length());
        return decodePercent((path.isAbsolute() ? "/" : "") + encoded);
    }

    /** The text of a path that is known by its bytes. */
    public static String format(byte[] path) {
        String text = new String(path, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 && text.indexOf(BACKSLASH) < 0 ? text : escape(path);
    }

    /** The bytes of a path's text, as {@link #format(byte[])} got them. */
    public static byte[] encode(String text) {
        return HAS_BYTE_NAMES && !isPlain(text) ? toBytes(text, true) : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text of a file's path within a folder. */
    public static String relativize(Path folder, Path file) {
        return format(folder.relativize(file));
    }

    /**
     * The path of a text that {@link #format} returned, or that a person wrote.
     *
     * @throws InvalidPathException when no path can have this text, such as one with the character NUL
     */
    public static Path parse(String text) {
        if (!HAS_BYTE_NAMES || isPlain(text)) {
            return Path.of(text);
        }
        StringBuilder uri = new StringBuilder("file://");
        for (String part : text.split("/", -1)) {
            if (!part.isEmpty()) {
                uri.append('/');
                encodePercent(toBytes(part, true), uri);
            }
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        return text.startsWith("/") ? absolute : absolute.subpath(0, absolute.getNameCount());
    }

    /**
     * The path of a text that has no escapes, such as one that {@link #decode} returned.
     *
     * @throws InvalidPathException as {@link #parse}
     */
    public static Path parseLiteral(String text) {
        return !HAS_BYTE_NAMES || isPlain(text) ? Path.of(text) : parse(format(toBytes(text, false)));
    }

    /** A text as a person sees it: bytes that are not UTF-8 become halves of surrogate pairs, which {@link #parseLiteral} takes back. */
    public static String decode(byte[] text) {
        StringBuilder decoded = new StringBuilder(text.length);
        for (int i = 0; i < text.length; ) {
            int length = Utf8Sequence.length(text, i);
            if (length == 0) {
                decoded.append((char) (BYTE_SURROGATE + (text[i] & 0xFF)));
                i++;
            } else {
                decoded.append(new String(text, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return decoded.toString();
    }

    /**
     * The path within a folder that {@link #relativize} returned the text of.
     *
     * @throws InvalidPathException as {@link #parse}
     */
    public static Path resolve(Path folder, String path) {
        return folder.resolve(parse(path));
    }

    /** Whether the text is the same in every locale and needs no escape. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= FIRST_BYTE_ABOVE_ASCII || character == BACKSLASH) {
                return false;
            }
        }
        return true;
    }

    private static String escape(byte[] path) {
        StringBuilder text = new StringBuilder(path.length + ESCAPE_LENGTH);
        for (int i = 0; i < path.length; ) {
            int length = Utf8Sequence.length(path, i);
            if (length == 0 || isEscape(path, i)) {
                text.append(String.format("\\x%02X", path[i] & 0xFF));
                i++;
            } else {
                text.append(new String(path, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    private static boolean isEscape(byte[] path, int at) {
        return path[at] == BACKSLASH
                && at + ESCAPE_LENGTH <= path.length
                && escapedByte(new String(path, at, ESCAPE_LENGTH, StandardCharsets.ISO_8859_1), 0) >= 0;
    }

    /** The byte that the escape at this place stands for; -1 when there is none. */
    private static int escapedByte(String text, int at) {
        if (at + ESCAPE_LENGTH > text.length() || text.charAt(at) != BACKSLASH || text.charAt(at + 1) != 'x') {
            return -1;
        }
        int value = (hexDigit(text.charAt(at + 2)) << 4) | hexDigit(text.charAt(at + 3));
        return value >= FIRST_BYTE_ABOVE_ASCII || value == BACKSLASH ? value : -1;
    }

    /** Negative unless it is a digit as {@link #escape} writes them. */
    private static int hexDigit(char digit) {
        return "0123456789ABCDEF".indexOf(digit);
    }

    private static byte[] toBytes(String text, boolean escapes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int escaped = escapes ? escapedByte(text, i) : -1;
            int character = text.codePointAt(i);
            if (escaped >= 0) {
                bytes.write(escaped);
                i += ESCAPE_LENGTH;
            } else if (character == 0) {
                throw new InvalidPathException(text, "A path cannot contain the character NUL", i);
            } else if (isByteSurrogate(character)) {
                bytes.write(character - BYTE_SURROGATE);
                i++;
            } else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                throw new InvalidPathException(text, "A path cannot contain half of a surrogate pair", i);
            } else {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(character);
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isByteSurrogate(int character) {
        return character >= BYTE_SURROGATE + FIRST_BYTE_ABOVE_ASCII && character <= BYTE_SURROGATE + 0xFF;
    }

    private static void encodePercent(byte[] bytes, StringBuilder uri) {
        for (byte one : bytes) {
            char character = (char) (one & 0xFF);
            if (character < FIRST_BYTE_ABOVE_ASCII && Character.isLetterOrDigit(character)) {
                uri.append(character);
            } else {
                uri.append(String.format("%%%02X", (int) character));
            }
        }
    }

    private static byte[] decodePercent(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                bytes.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(encoded.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
