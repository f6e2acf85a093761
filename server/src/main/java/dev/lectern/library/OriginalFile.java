package dev.lectern.library;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The original bytes of a document.
 *
 * @param file read-only
 * @param name of the file, for people
 * @param mediaType detected from the content; null before the first version
 */
public record OriginalFile(Path file, String name, @Nullable String mediaType, long bytes, String hash) {}
