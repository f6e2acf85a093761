package dev.lectern.library.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** File names of locations. */
final class Names {
    private Names() {}

    /** The last part of {@code file:///a/b%20c.pdf} or {@code upload:b c.pdf}. */
    static String file(String uri) {
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
