package dev.lectern.library;

import dev.lectern.shared.SourceId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A place where a document was found.
 *
 * @param path within the source, with {@code /} between folders
 * @param uri for people
 */
public record DocumentLocation(SourceId source, String path, String uri) {

    /** The file name in an address, which is the last part of {@code file:///a/b%20c.pdf} or {@code upload:b c.pdf}. */
    public static String fileName(String uri) {
        String name =
                uri.substring(Math.max(uri.lastIndexOf('/'), uri.startsWith("file:") ? -1 : uri.indexOf(':')) + 1);
        if (!uri.startsWith("file:")) {
            return name;
        }
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return name;
        }
    }
}
