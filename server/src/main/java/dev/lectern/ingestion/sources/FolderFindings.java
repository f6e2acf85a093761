package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.sources.SourceFinding.Kind;
import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The sentences of what a walk through a folder leaves out. */
final class FolderFindings {
    /** The longest path that Linux takes. */
    private static final int MAX_PATH_BYTES = 4_095;

    private FolderFindings() {}

    static SourceFinding folderLink(String path) {
        return new SourceFinding(
                path,
                Kind.LINK,
                "It is a link to a folder, which is not followed. Add the folder as a source of its own.");
    }

    static SourceFinding outsideLink(String path) {
        return new SourceFinding(
                path,
                Kind.LINK,
                "It is a link to a file outside the source, which is not followed. Copy the file into the source, or"
                        + " add the file's folder as a source of its own.");
    }

    static SourceFinding linkLoop(String path) {
        return new SourceFinding(
                path, Kind.LINK, "It is a link that leads back to itself. Correct or delete the link.");
    }

    /** @param inside whether the link names a place within the source */
    static SourceFinding danglingLink(String path, boolean inside) {
        return new SourceFinding(
                path,
                Kind.DANGLING_LINK,
                inside
                        ? "The file cannot be read: it is a link to a file that is not there. Restore that or delete"
                                + " the link."
                        : "The file cannot be read: it is a link to a place outside the source where nothing is. Mount"
                                + " what is missing there or delete the link.");
    }

    static SourceFinding specialFile(String path) {
        return new SourceFinding(
                path, Kind.SPECIAL_FILE, "It is a pipe, a socket or a device. Only files and folders are read.");
    }

    static SourceFinding ownData(String path) {
        return new SourceFinding(path, Kind.OWN_DATA, "It is Lectern's own, which no source reads.");
    }

    static SourceFinding silent(String path) {
        return new SourceFinding(
                path,
                Kind.NOT_RESPONDING,
                "It did not answer in time. Check the disk or share that it is on; it is tried again by the next"
                        + " scan.");
    }

    /** @param failure of the system, whose text is not for readers */
    static SourceFinding unreadable(String path, Path file, boolean folder, IOException failure) {
        if (failure instanceof NotRespondingException) {
            return silent(path);
        }
        Kind kind = folder ? Kind.UNREADABLE_FOLDER : Kind.UNREADABLE_FILE;
        if (failure instanceof AccessDeniedException) {
            return new SourceFinding(
                    path,
                    kind,
                    folder
                            ? "The folder cannot be listed. Check its permissions and scan the source again."
                            : "The file cannot be read. Check its permissions and scan the source again.");
        }
        if (FolderPath.toBytes(file).length > MAX_PATH_BYTES) {
            return new SourceFinding(
                    path,
                    kind,
                    "The path is longer than the " + MAX_PATH_BYTES
                            + " bytes that the system takes. Shorten the names of the folders above.");
        }
        return new SourceFinding(
                path,
                kind,
                folder
                        ? "The folder cannot be listed: its disk or share reports an error. Check that and scan the"
                                + " source again."
                        : "The file cannot be read: its disk or share reports an error. Check that and scan the source"
                                + " again.");
    }
}
