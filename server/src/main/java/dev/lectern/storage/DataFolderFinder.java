package dev.lectern.storage;

import dev.lectern.shared.FolderPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises data folders of Lectern: the one of this process by its path and identity, every other one by its files. Two of these are needed, so that no folder
 * of somebody's documents is mistaken for one: an empty {@code lock}, a {@code key} of the operator, and a {@code lectern.db} of SQLite. A folder that
 * cannot be read is not recognised, and nobody can read its files either.
 */
public final class DataFolderFinder {
    private static final String DATABASE = "lectern.db";
    private static final Set<String> MARKERS = Set.of("lock", "key", DATABASE);
    private static final Set<String> NAMES = Set.of(
            "lock",
            "key",
            "key.new",
            "node",
            "node.new",
            "server",
            "server.new",
            "originals",
            "originals-cache",
            "index",
            "native");
    private static final String DATABASE_START = "SQLite format 3\0";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}\\R?");
    private static final int MAX_KEY_BYTES = 45;

    private DataFolderFinder() {}

    /**
     * Why a folder cannot hold documents: it is a data folder, or one of those in it; empty when it can.
     *
     * @param folder existing
     * @param own the data folder of this process, which may not exist yet
     * @return a sentence for operators that says what to do
     * @throws IOException when the real path of the folder cannot be found out
     */
    public static Optional<String> findObjection(Path folder, Path own) throws IOException {
        return findAround(folder, own).map(data -> {
            String shown = FolderPath.format(folder);
            String place = FolderPath.format(data);
            return "The folder " + shown
                    + (isSame(folder, data) ? " is a" : " belongs to " + place + ", which is a")
                    + " data folder of Lectern: its files, such as the operator's key, are no documents. Name another"
                    + " folder, or keep the data elsewhere with LECTERN_DATA, such as in " + place + "/lectern-data.";
        });
    }

    /**
     * The data folder that a folder is, or whose files it holds; empty when there is none. A folder in a data folder that Lectern did not make, as somebody has
     * it who has one disk only, is not a part of it.
     *
     * @param folder existing
     * @param own the data folder of this process, which may not exist yet
     * @throws IOException when the real path of the folder cannot be found out
     */
    static Optional<Path> findAround(Path folder, Path own) throws IOException {
        Path below = null;
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            boolean part = below == null || isOwnName(below.getFileName().toString());
            if (part && (isSame(above, own) || isDataFolder(above))) {
                return Optional.of(above);
            }
            below = above;
        }
        return Optional.empty();
    }

    /** Whether Lectern makes a file or folder of this name in a data folder. */
    public static boolean isOwnName(String name) {
        return NAMES.contains(name) || name.startsWith(DATABASE);
    }

    private static boolean isSame(Path folder, Path own) {
        try {
            return Files.isSameFile(folder, own);
        } catch (IOException oneIsMissing) {
            return folder.equals(own.toAbsolutePath().normalize());
        }
    }

    /**
     * Whether {@link #isDataFolder(Path)} may be true, as far as the names say.
     *
     * @param files all of a folder
     */
    public static boolean isDataFolder(Collection<Path> files) {
        return files.stream()
                        .map(Path::getFileName)
                        .filter(name -> name != null && MARKERS.contains(name.toString()))
                        .count()
                > 1;
    }

    /** Whether a folder has the files of a data folder. Asks for three names at most and reads a few bytes of those that are there. */
    public static boolean isDataFolder(Path folder) {
        boolean key = isKey(folder.resolve("key"));
        boolean database = isDatabase(folder.resolve(DATABASE));
        return (key && database) || ((key || database) && isLock(folder.resolve("lock")));
    }

    private static boolean isLock(Path file) {
        BasicFileAttributes attributes = read(file);
        return attributes != null && attributes.size() == 0;
    }

    private static boolean isKey(Path file) {
        BasicFileAttributes attributes = read(file);
        return attributes != null
                && attributes.size() <= MAX_KEY_BYTES
                && KEY.matcher(new String(begin(file, MAX_KEY_BYTES), StandardCharsets.ISO_8859_1))
                        .matches();
    }

    private static boolean isDatabase(Path file) {
        byte[] expected = DATABASE_START.getBytes(StandardCharsets.US_ASCII);
        return read(file) != null && Arrays.equals(begin(file, expected.length), expected);
    }

    private static byte[] begin(Path file, int length) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(length);
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    /** Null unless it is a file. A device is never opened. */
    private static @Nullable BasicFileAttributes read(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes : null;
        } catch (IOException missing) {
            return null;
        }
    }
}
