package dev.lectern.cli.commands;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data folder a command works on. */
final class DataFolderOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The folder of all local state (LECTERN_DATA, else ./lectern-data).")
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
