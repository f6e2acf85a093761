package dev.lectern.library.update;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.function.Predicate;

/** Finds the name under which a file can stand beside another one of its name, as file managers do: {@code Report (2).txt}. */
final class FreePathFinder {
    private static final int MAX_NUMBER = 10_000;
    private static final int MAX_NAME = 255;

    private FreePathFinder() {}

    /**
     * Finds the free path with the lowest number from 2 on.
     *
     * @throws LecternException DOCUMENT_EXISTS when there are 10,000 of this name
     */
    static String find(String path, Predicate<String> taken) {
        int name = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        int end = dot > name ? dot : path.length();
        String extension = path.substring(end);
        for (int number = 2; number <= MAX_NUMBER; number++) {
            String suffix = " (" + number + ")" + extension;
            int room = Math.max(1, MAX_NAME - suffix.length());
            String stem = shorten(path.substring(name, end), room);
            String candidate = path.substring(0, name) + stem + suffix;
            if (!taken.test(candidate)) {
                return candidate;
            }
        }
        throw new LecternException(
                ErrorCode.DOCUMENT_EXISTS,
                "The collection has " + MAX_NUMBER + " documents named " + path
                        + ". Delete some of them, or upload the file under another name.");
    }

    private static String shorten(String stem, int room) {
        if (stem.length() <= room) {
            return stem;
        }
        return stem.substring(0, Character.isHighSurrogate(stem.charAt(room - 1)) ? room - 1 : room);
    }
}
