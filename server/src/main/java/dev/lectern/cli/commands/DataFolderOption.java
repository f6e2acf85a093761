package dev.lectern.cli.commands;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --data}: the data folder of a command. */
final class DataFolderOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Folder of all local state (default: LECTERN_DATA, then ./lectern-data).")
    private @Nullable Path data;

    static DataFolderOption of(Path folder) {
        DataFolderOption option = new DataFolderOption();
        option.data = folder;
        return option;
    }

    Path folder() {
        return (data != null ? data : Path.of(fromEnvironment()))
                .toAbsolutePath()
                .normalize();
    }

    private static String fromEnvironment() {
        String set = System.getenv("LECTERN_DATA");
        return set == null || set.isBlank() ? "lectern-data" : set.strip();
    }
}
