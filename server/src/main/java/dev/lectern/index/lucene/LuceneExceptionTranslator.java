package dev.lectern.index.lucene;

import dev.lectern.index.DamagedIndexException;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.LockObtainFailedException;

/** Translates exceptions of Lucene and of the file system into {@link LecternException}s. */
final class LuceneExceptionTranslator {
    private LuceneExceptionTranslator() {}

    static LecternException of(Exception cause, Path folder) {
        return switch (cause) {
            case LecternException known -> known;
            case LockObtainFailedException locked ->
                unavailable(
                        "The index in " + folder
                                + " is open in another process. Stop that process, then start Lectern again.",
                        locked);
            case CorruptIndexException corrupt -> damaged(folder, corrupt);
            case IndexFormatTooOldException old -> damaged(folder, old);
            case NoSuchFileException lost -> damaged(folder, lost);
            case FileNotFoundException lost -> damaged(folder, lost);
            case EOFException cut -> damaged(folder, cut);
            case IndexFormatTooNewException recent ->
                unavailable(
                        "The index in " + folder
                                + " was written by a newer version of Lectern. Use that version, or delete the folder; the index is then rebuilt from the library.",
                        recent);
            default ->
                DiskFull.isCauseOf(cause)
                        ? DiskFull.exception("the disk that holds the index in " + folder, cause)
                        : unavailable(
                                "The index in " + folder
                                        + " cannot be read or written. Check the disk and the folder's permissions; see the log for the cause.",
                                cause);
        };
    }

    private static LecternException damaged(Path folder, Exception cause) {
        return new DamagedIndexException(
                "The index in " + folder + " is damaged. Restart Lectern to rebuild the index from the library.",
                cause);
    }

    private static LecternException unavailable(String sentence, Exception cause) {
        return new LecternException(ErrorCode.INDEX_UNAVAILABLE, sentence, cause);
    }
}
