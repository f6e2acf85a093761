package dev.lectern.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data folder a command works on. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The folder of all local state (LECTERN_DATA, else ./lectern-data).")
    private @Nullable Path data;

    static DataOption of(Path folder) {
        DataOption option = new DataOption();
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
