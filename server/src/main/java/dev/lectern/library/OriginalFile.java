package dev.lectern.library;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a document as they were handed in.
 *
 * @param file to read, never to write
 * @param name the file's name, for people
 * @param mediaType what the content was found to be; null when nobody has looked yet
 */
public record OriginalFile(Path file, String name, @Nullable String mediaType, long bytes, String hash) {}
