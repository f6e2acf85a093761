package dev.lectern.storage;

import java.nio.file.Path;
import java.util.List;

/** Folders outside the data folder whose files are Lectern's own, such as those of the originals. No source reads them. A bean of the module that uses them. */
@FunctionalInterface
public interface OwnFolders {

    /** Existing or not; empty when the module keeps everything in the data folder, or elsewhere than in a file system. */
    List<Path> list();
}
