package dev.lectern.ingestion.parsing.formats.document;

import dev.lectern.text.FileTitle;
import java.nio.file.Path;

/**
 * A file to read.
 *
 * @param name as its owner calls it
 * @param mediaType detected from its content
 * @param depth 0 for a file itself, 1 for an attachment, and so on
 */
public record InputFile(Path file, String name, String mediaType, ParseLimits limits, int depth) {

    /** The same file with its content at another place. */
    public InputFile at(Path other) {
        return new InputFile(other, name, mediaType, limits, depth);
    }

    /** The name without its folders. */
    public static String baseNameOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The part of the name after its last dot, in lower case; empty when there is none. */
    String extension() {
        return FileTitle.extensionOf(name);
    }
}
