package dev.lectern.index.lucene;

import dev.lectern.index.DamagedIndexException;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.LockObtainFailedException;

/** The one place where Lucene's exceptions become ours. */
final class Failures {
    private static final long NEARLY_FULL = 64L << 20;

    private Failures() {}

    static LecternException of(Exception cause, Path folder) {
        return switch (cause) {
            case LecternException known -> known;
            case LockObtainFailedException locked ->
                unavailable("The index in " + folder + " is open in another process. Stop that one first.", locked);
            case CorruptIndexException corrupt -> damaged(folder, corrupt);
            case IndexFormatTooOldException old -> damaged(folder, old);
            case NoSuchFileException lost -> damaged(folder, lost);
            case FileNotFoundException lost -> damaged(folder, lost);
            case EOFException cut -> damaged(folder, cut);
            case IndexFormatTooNewException recent ->
                unavailable(
                        "The index in " + folder
                                + " was written by a newer version of Lectern. Use that version, or delete the folder: the index is made again from the library.",
                        recent);
            default ->
                isNearlyFull(folder)
                        ? unavailable(
                                "The disk that holds the index in " + folder
                                        + " is full. Free some space and try again.",
                                cause)
                        : unavailable(
                                "The index in " + folder
                                        + " cannot be read or written. Check the disk and the folder's permissions; the log has the reason.",
                                cause);
        };
    }

    private static LecternException damaged(Path folder, Exception cause) {
        return new DamagedIndexException(
                "The index in " + folder
                        + " is damaged. Start Lectern again: the index is made again from the library.",
                cause);
    }

    private static boolean isNearlyFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < NEARLY_FULL;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static LecternException unavailable(String sentence, Exception cause) {
        return new LecternException(ErrorCode.INDEX_UNAVAILABLE, sentence, cause);
    }
}
