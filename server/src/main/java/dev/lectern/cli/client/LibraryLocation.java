package dev.lectern.cli.client;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command finds the library. {@code toString} says it to people. */
public sealed interface LibraryLocation {

    /**
     * A running server.
     *
     * @param dataFolder its data folder with the operator's key; null when it is not known, so that the command is a visitor
     */
    record Server(URI address, @Nullable Path dataFolder) implements LibraryLocation {
        @Override
        public String toString() {
            return "the server at " + address + (dataFolder == null ? "" : ", data folder " + dataFolder);
        }
    }

    /** A data folder that no server has open. */
    record Folder(Path dataFolder) implements LibraryLocation {
        @Override
        public String toString() {
            return "the library in " + dataFolder + ", which no server has open";
        }
    }

    /** A data folder without a library. */
    record Missing(Path dataFolder) implements LibraryLocation {
        @Override
        public String toString() {
            return "a new library in " + dataFolder;
        }
    }
}
