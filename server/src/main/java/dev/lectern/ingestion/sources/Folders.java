package dev.lectern.ingestion.sources;

import java.util.ArrayList;
import java.util.List;

/** Folders of paths within a source; the source itself is the folder with the empty path. */
final class Folders {
    private Folders() {}

    /** The folder that something is in, such as {@code a/b} of {@code a/b/c.txt}. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** All folders above a path, from its own to the source itself; of the source itself none. */
    static List<String> above(String path) {
        List<String> folders = new ArrayList<>();
        for (String folder = path; !folder.isEmpty(); ) {
            folder = parent(folder);
            folders.add(folder);
        }
        return folders;
    }

    /** Whether one of two folders is, or is above, the other. */
    static boolean isRelated(String one, String other) {
        return isSameOrAbove(one, other) || isSameOrAbove(other, one);
    }

    private static boolean isSameOrAbove(String upper, String lower) {
        return upper.isEmpty() || lower.equals(upper) || lower.startsWith(upper + "/");
    }
}
