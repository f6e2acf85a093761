package dev.lectern.storage;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** A name of a data folder, kept in it. A copy of the folder has another name, as it has files of its own. */
final class FolderName {
    private static final String FILE = "node";

    private FolderName() {}

    /** @throws LecternException {@code DATABASE_UNAVAILABLE} when the folder cannot be used */
    static String of(Path folder, IdGenerator ids) {
        Path file = folder.resolve(FILE);
        try {
            if (Files.notExists(file)) {
                Path whole = Files.writeString(folder.resolve(FILE + ".new"), ids.next());
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Object place = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Files.readString(file) + (place == null ? "" : " " + place);
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The data folder " + folder
                            + " cannot be written. Give this user the right to write it, or choose another with"
                            + " LECTERN_DATA.",
                    e);
        }
    }
}
