package dev.lectern.cli.commands;

import dev.lectern.cli.client.ApiClient;
import dev.lectern.cli.client.LibraryLocation;
import dev.lectern.cli.client.LibraryLocator;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --data}: the data folder of a command, which is looked for without it. */
final class DataFolderOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Folder of all local state (default: LECTERN_DATA, then ./lectern-data; commands other than serve"
                            + " then use the folder of the last server, or the running server).")
    private @Nullable Path data;

    private final LibraryLocator locator = LibraryLocator.ofProcess();

    static DataFolderOption of(Path folder) {
        DataFolderOption option = new DataFolderOption();
        option.data = folder;
        return option;
    }

    /** The folder that {@code serve} uses; it may be missing. */
    Path folder() {
        return locator.folderToServe(data);
    }

    LibraryLocator locator() {
        return locator;
    }

    /** Connects to the library for reading, and says which one it is. Never makes one. */
    ApiClient open() throws IOException {
        return ApiClient.of(announce(existing()), Map.of());
    }

    /** Like {@link #open()}, but a server of this process runs no ingestion jobs. */
    ApiClient openWithoutIngestion() throws IOException {
        return ApiClient.of(announce(existing()), Map.of("lectern.ingestion.enabled", "false"));
    }

    /** Connects to the library, and makes it when there is none. */
    ApiClient openOrCreate() throws IOException {
        return ApiClient.of(announce(locator.find(data)), Map.of());
    }

    /**
     * Like {@link #openOrCreate()}, but a server of this process runs no ingestion jobs, and has the folder that {@code serve} would use.
     *
     * @throws LecternException as {@link LibraryLocator#findToServe}
     */
    ApiClient openOrCreateWithoutIngestion() throws IOException {
        return ApiClient.of(announce(locator.findToServe(data)), Map.of("lectern.ingestion.enabled", "false"));
    }

    /** The folder of the library, for commands that read it beside the server and make none. */
    Path libraryFolder() throws IOException {
        LibraryLocation location = locator.find(data);
        return switch (location) {
            case LibraryLocation.Missing(Path folder) -> folder;
            case LibraryLocation.Folder(Path folder) -> {
                announce(location);
                yield folder;
            }
            case LibraryLocation.Server server -> {
                if (server.dataFolder() == null) {
                    throw new LecternException(
                            ErrorCode.INVALID_REQUEST,
                            "This command needs the data folder of the server at " + server.address()
                                    + ". Name it with --data.");
                }
                announce(location);
                yield server.dataFolder();
            }
        };
    }

    private LibraryLocation existing() throws IOException {
        LibraryLocation location = locator.find(data);
        if (location instanceof LibraryLocation.Missing missing) {
            throw new LecternException(ErrorCode.INVALID_REQUEST, locator.describeMissing(missing, data));
        }
        return location;
    }

    private static LibraryLocation announce(LibraryLocation location) {
        System.err.println(Terminal.ofProcess().muted("Using " + location + "."));
        return location;
    }
}
