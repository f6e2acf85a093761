package dev.lectern.cli.client;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.FolderPath;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths that a command line names, whatever the locale of the process is. */
public final class ArgumentPath {
    private static final char UNKNOWN = '\uFFFD';
    private static final Path LINK_TO_WORKING_FOLDER = Path.of("/proc/self/cwd");

    private ArgumentPath() {}

    /** The path of an argument, which is taken to the letter: nothing in it is an escape. */
    public static Path of(String argument) {
        Path path = FolderPath.parseLiteral(argument);
        return isWorkingFolderKnown() ? path : workingFolder().resolve(path);
    }

    /** Absolute. */
    public static Path workingFolder() {
        if (isWorkingFolderKnown()) {
            return Path.of("").toAbsolutePath();
        }
        try {
            return LINK_TO_WORKING_FOLDER.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Java resolves relative paths with a text, which has lost what the locale does not know. */
    private static boolean isWorkingFolderKnown() {
        return System.getProperty("user.dir", "").indexOf(UNKNOWN) < 0;
    }

    /**
     * The data folder as the value of a setting. The database is opened by this text.
     *
     * @throws LecternException INVALID_REQUEST when the folder has no such text in this locale
     */
    public static String toSetting(Path dataFolder) {
        try {
            if (Path.of(dataFolder.toString()).equals(dataFolder)) {
                return dataFolder.toString();
            }
        } catch (InvalidPathException unknown) {
            throw new LecternException(ErrorCode.INVALID_REQUEST, describeUnusable(dataFolder), unknown);
        }
        throw new LecternException(ErrorCode.INVALID_REQUEST, describeUnusable(dataFolder));
    }

    private static String describeUnusable(Path dataFolder) {
        return "The data folder " + FolderPath.format(dataFolder)
                + " has a name that cannot be used in this locale. Set LC_ALL=C.UTF-8, or choose a name in UTF-8.";
    }
}
