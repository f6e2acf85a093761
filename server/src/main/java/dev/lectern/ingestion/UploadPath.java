package dev.lectern.ingestion;

import dev.lectern.shared.LecternException;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * The path of an uploaded file within its request, which says which document of the collection it is: {@code /} between folders, in Unicode's composed
 * form (NFC), without control characters, at most 1,000 characters, each part at most 255.
 */
final class UploadPath {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_PART = 255;
    /** The maximum in version 0.2.0, which kept the end of longer names. */
    private static final int MAX_FORMER_NAME = 200;

    private static final Pattern ABSOLUTE = Pattern.compile("(?s)(/|[A-Za-z]:).*");

    private UploadPath() {}

    /**
     * The path that a client calls its file. Of an absolute path only the name is used: its folders are those of the client's machine. {@code ..} leads to
     * the folder above, and nowhere from the topmost.
     *
     * @throws LecternException INVALID_REQUEST when it is too long
     */
    static String normalize(String name) {
        String slashed = name.replace('\\', '/');
        Deque<String> parts = new ArrayDeque<>();
        for (String part : slashed.split("/", -1)) {
            String clean = Normalizer.normalize(removeControls(part), Normalizer.Form.NFC);
            if (clean.equals("..")) {
                parts.pollLast();
            } else if (!clean.isEmpty() && !clean.equals(".")) {
                parts.addLast(requireShort(clean, MAX_PART));
            }
        }
        if (parts.isEmpty() || slashed.endsWith("/..")) {
            return "unnamed";
        }
        return ABSOLUTE.matcher(slashed).matches()
                ? parts.getLast()
                : requireShort(String.join("/", parts), MAX_LENGTH);
    }

    /** The name under which version 0.2.0 stored a file, which had no folders then. */
    static String former(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = last.codePoints()
                .filter(point -> !Character.isISOControl(point) && point != 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return clean.length() <= MAX_FORMER_NAME ? clean : clean.substring(clean.length() - MAX_FORMER_NAME);
    }

    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String removeControls(String part) {
        return part.codePoints()
                .filter(point -> !Character.isISOControl(point) && point != 0xFFFD && !isDirectional(point))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    /** Characters that reverse what a reader sees of a name, such as {@code fdp.exe} for {@code exe.pdf}. */
    private static boolean isDirectional(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }

    private static String requireShort(String value, int max) {
        if (value.length() > max) {
            throw LecternException.invalid(
                    "file",
                    "The name " + value.substring(0, 40) + "… has " + value.length() + " characters, the maximum is "
                            + max + ". Rename the file or its folder.");
        }
        return value;
    }
}
