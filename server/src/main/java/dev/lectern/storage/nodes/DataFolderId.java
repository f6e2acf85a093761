package dev.lectern.storage.nodes;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The id of a data folder, stored in a file of it. A copy of the folder has another id, since the id includes the file key of that file. */
final class DataFolderId {
    private static final String FILE = "node";

    private DataFolderId() {}

    /** @throws LecternException {@code DATABASE_UNAVAILABLE} when the folder cannot be used */
    static String of(Path folder, IdGenerator ids) {
        Path file = folder.resolve(FILE);
        try {
            if (Files.notExists(file)) {
                Path temporary = Files.writeString(folder.resolve(FILE + ".new"), ids.next());
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Object fileKey =
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return Files.readString(file) + (fileKey == null ? "" : " " + fileKey);
        } catch (IOException e) {
            throw new LecternException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The data folder " + folder
                            + " is not writable. Grant this user write permission, or set another folder with LECTERN_DATA.",
                    e);
        }
    }
}
