package dev.lectern.text;

import java.text.Normalizer;
import java.util.Locale;

/** Titles from the names of files. */
public final class FileTitle {
    /** Longer parts after the last dot are words of the name. */
    private static final int MAX_EXTENSION = 11;

    private FileTitle() {}

    /** The part of a name after its last dot, in lower case; empty when there is none. */
    public static String extensionOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || dot < name.length() - MAX_EXTENSION - 1
                ? ""
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * A title from the name of a file: without its extension, on one line, composed (NFC).
     *
     * @param name without folders
     * @return never blank
     */
    public static String of(String name) {
        String extension = extensionOf(name);
        String stem = extension.isEmpty() ? name : name.substring(0, name.length() - extension.length() - 1);
        String title = VisibleText.toName(Normalizer.normalize(stem.replace('_', ' '), Normalizer.Form.NFC));
        return title.isEmpty() ? "Untitled" : title;
    }
}
