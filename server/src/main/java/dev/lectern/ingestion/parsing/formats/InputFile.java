package dev.lectern.ingestion.parsing.formats;

import java.nio.file.Path;

/**
 * A file to read.
 *
 * @param name as its owner knows it
 * @param mediaType what its content was found to be
 * @param depth 0 for a file itself, 1 for what is attached to it, and so on
 */
record InputFile(Path file, String name, String mediaType, ParseLimits limits, int depth) {

    /** What follows the last dot of the name, in lower case; empty when there is none. */
    String extension() {
        return FileNames.extension(name);
    }
}
