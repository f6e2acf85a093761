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

    /**
     * An address as readers see it: paths within the source, never of the server. Earlier versions stored absolute addresses of files, of which the name
     * is left.
     */
    public static String withoutServerPath(String uri) {
        return uri.startsWith("file:") ? "folder:" + fileName(uri) : uri;
    }

    /** The file name in an address, which is the last part of {@code folder:a/b c.pdf}, {@code upload:b c.pdf} or {@code file:///a/b%20c.pdf}. */
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
