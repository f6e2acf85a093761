package dev.lectern.ingestion.parsing.formats;

import java.nio.file.Path;

/**
 * A file to read.
 *
 * @param name as its owner calls it
 * @param mediaType detected from its content
 * @param depth 0 for a file itself, 1 for an attachment, and so on
 */
record InputFile(Path file, String name, String mediaType, ParseLimits limits, int depth) {

    /** The same file with its content at another place. */
    InputFile at(Path other) {
        return new InputFile(other, name, mediaType, limits, depth);
    }

    /** The part of the name after its last dot, in lower case; empty when there is none. */
    String extension() {
        return FileNameParser.extensionOf(name);
    }
}
