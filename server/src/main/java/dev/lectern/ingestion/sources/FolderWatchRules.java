package dev.lectern.ingestion.sources;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What of a folder source is neither read nor watched, at one moment. Paths are those within the source, as of {@link IgnoreRules}. Not thread-safe. */
final class FolderWatchRules {
    private final IgnoreRules rules;
    private final OwnData own;

    /** @param rules that have not read any folder yet */
    FolderWatchRules(IgnoreRules rules, OwnData own) {
        this.rules = rules;
        this.own = own;
    }

    /** Reads the rules in a folder, as {@link IgnoreRules#readFolder} does. Blocks while the file system does not answer. */
    void readFolder(String path, Path folder) {
        rules.readFolder(path, folder, FolderWalker.Calls.DIRECT);
    }

    /** Whether a rule leaves the path out; those above it are known not to be left out. */
    boolean isIgnored(String path, boolean folder) {
        return rules.isIgnored(path, folder);
    }

    /** Whether the file or folder belongs to Lectern itself. Blocks while the file system does not answer. */
    boolean isOwn(Path path, BasicFileAttributes attributes) {
        return attributes.isDirectory() ? own.isOwnFolder(path, attributes) : own.isOwnFile(path, attributes);
    }
}
