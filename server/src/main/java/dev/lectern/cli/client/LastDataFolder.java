package dev.lectern.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the user with the data folder that {@code serve} used last, so that commands find it from any directory. */
public final class LastDataFolder {
    private static final Logger log = LoggerFactory.getLogger(LastDataFolder.class);
    private static final String NAME = "data-folder";

    private final Optional<Path> file;

    private LastDataFolder(Optional<Path> file) {
        this.file = file;
    }

    /** The file in a folder. */
    static LastDataFolder in(Path folder) {
        return new LastDataFolder(Optional.of(folder.resolve(NAME)));
    }

    /**
     * The file of the user: below {@code XDG_STATE_HOME}, else below {@code ~/.local/state}. A user without a home has none.
     *
     * @param home the home of the user; {@code ?} when there is none
     */
    public static LastDataFolder of(Map<String, String> environment, String home) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        try {
            if (!state.isBlank() && Path.of(state).isAbsolute()) {
                return in(Path.of(state, "lectern"));
            }
            Path folder = Path.of(home);
            return folder.isAbsolute() && Files.isDirectory(folder)
                    ? in(folder.resolve(Path.of(".local", "state", "lectern")))
                    : new LastDataFolder(Optional.empty());
        } catch (InvalidPathException noFolder) {
            log.debug("The user has no folder for state", noFolder);
            return new LastDataFolder(Optional.empty());
        }
    }

    /** The data folder that {@code serve} used last; empty when there is none, or when it no longer exists. */
    public Optional<Path> read() {
        if (file.isEmpty() || !Files.isReadable(file.get())) {
            return Optional.empty();
        }
        try {
            Path folder = Path.of(Files.readString(file.get()).strip());
            return folder.isAbsolute() && Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
        } catch (IOException | InvalidPathException unreadable) {
            log.debug("{} cannot be read", file.get(), unreadable);
            return Optional.empty();
        }
    }

    /** Records a data folder. A user whose home cannot be written, as in a container, has to name the folder in each command. */
    public void write(Path dataFolder) {
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.get().getParent());
            Path whole = file.get()
                    .resolveSibling(NAME + "." + ProcessHandle.current().pid());
            Files.writeString(whole, dataFolder.toAbsolutePath().normalize() + "\n");
            Files.move(whole, file.get(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException notWritable) {
            log.debug("{} cannot be written", file.get(), notWritable);
        }
    }
}
