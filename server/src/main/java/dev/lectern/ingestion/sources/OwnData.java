package dev.lectern.ingestion.sources;

import dev.lectern.storage.DataFolderFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * What is Lectern's own at one moment, see {@link OwnDataFinder}.
 *
 * @param keys {@link BasicFileAttributes#fileKey} of folders and files: device and inode, which are the same under any path, link and mount
 * @param paths real paths of the same, for file systems without keys
 */
record OwnData(Set<Object> keys, Set<Path> paths) {
    private static final String TEMPORARY_PREFIX = "lectern-";

    /** Whether a folder is one of Lectern's own, or a data folder of another Lectern. It is skipped with all that is in it. */
    boolean isOwnFolder(Path folder, BasicFileAttributes attributes) {
        return isKnownFolder(folder, attributes) || DataFolderFinder.isDataFolder(folder);
    }

    /** As {@link #isOwnFolder} for this process only. Asks the file system nothing. */
    boolean isKnownFolder(Path folder, BasicFileAttributes attributes) {
        return isKnown(folder, attributes) || isTemporary(folder);
    }

    /**
     * Whether a file is one of Lectern's own, such as a hard link to one.
     *
     * @param file without links
     */
    boolean isOwnFile(Path file, BasicFileAttributes attributes) {
        return isKnown(file, attributes);
    }

    /**
     * Whether the target of a link is, or lies in, a folder of Lectern's own.
     *
     * @param target a real path
     * @param root the real path of the source, which is none
     */
    boolean isWithinOwnFolder(Path target, Path root) {
        for (Path above = target; above != null && !above.equals(root); above = above.getParent()) {
            if (isKnown(above) || DataFolderFinder.isDataFolder(above)) {
                return true;
            }
        }
        return false;
    }

    boolean isKnown(Path path) {
        try {
            return isKnown(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException missing) {
            return paths.contains(path);
        }
    }

    private boolean isKnown(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? paths.contains(path) : keys.contains(key);
    }

    /** Folders of the parser and others in the system's folder for temporary files come and go with each document. */
    private static boolean isTemporary(Path folder) {
        return folder.getFileName() != null
                && folder.getFileName().toString().startsWith(TEMPORARY_PREFIX)
                && Path.of(System.getProperty("java.io.tmpdir")).equals(folder.getParent());
    }
}
