package dev.lectern.ingestion.sources;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Says which limit of Linux keeps folders from being watched, with its present value, and how to raise it. */
final class InotifyLimits {
    /** Files that other threads open and close at the same moment. */
    private static final int SPARE_FILES = 8;

    private static final String OPEN_FILES = "Max open files";

    private final Path proc;

    /** @param proc where the system tells about itself, {@code /proc} */
    InotifyLimits(Path proc) {
        this.proc = proc;
    }

    /** No inotify instance could be opened. The Java platform does not tell the limit of instances from that of open files. */
    WatchLimitException explainOpening(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.toLowerCase(Locale.ROOT).contains("open files in system")) {
            return new WatchLimitException(
                    "The machine has too many files open, so that no folder can be watched. Raise fs.file-max"
                            + value("fs/file-max") + ".",
                    true,
                    failure);
        }
        if (message.toLowerCase(Locale.ROOT).contains("open files") && isOutOfFiles()) {
            return new WatchLimitException(
                    "The server has too many files open, so that no folder can be watched. Raise the limit of open files"
                            + " of the server, with ulimit -n or LimitNOFILE of its service.",
                    true,
                    failure);
        }
        if (message.contains("inotify instances")) {
            return new WatchLimitException(
                    "All inotify instances of the server's user are in use. Raise fs.inotify.max_user_instances"
                            + value("fs/inotify/max_user_instances")
                            + ", for example with: sysctl fs.inotify.max_user_instances=1024",
                    true,
                    failure);
        }
        return new WatchLimitException(
                "The system refuses to report changes of folders. The server's log has the cause.", true, failure);
    }

    /** A folder could not be watched: an exception that names the limit if it is one, else the failure as it is. */
    IOException explainRegistration(IOException failure) {
        if (!String.valueOf(failure.getMessage()).contains("inotify watches")) {
            return failure;
        }
        return new WatchLimitException(
                "All inotify watches of the server's user are in use, so that not all folders are watched. Raise"
                        + " fs.inotify.max_user_watches" + value("fs/inotify/max_user_watches")
                        + ", for example with: sysctl fs.inotify.max_user_watches=1000000",
                false,
                failure);
    }

    private String value(String setting) {
        // The kernel gives the whole value to the first read only, so that read must not be for a single byte.
        try (BufferedReader reader =
                Files.newBufferedReader(proc.resolve("sys").resolve(setting), StandardCharsets.US_ASCII)) {
            String value = reader.readLine();
            return value == null ? "" : " (now " + value.strip() + ")";
        } catch (IOException unknown) {
            return "";
        }
    }

    /** A process that has no file left cannot open the files that would tell so either. */
    private boolean isOutOfFiles() {
        Path self = proc.resolve("self");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(self.resolve("fd"))) {
            long open = SPARE_FILES;
            for (Path _ : files) {
                open++;
            }
            long limit = readFileLimit(self.resolve("limits"));
            return open >= limit;
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Files.exists(self.resolve("limits"));
        }
    }

    private static long readFileLimit(Path limits) throws IOException {
        return Files.readAllLines(limits, StandardCharsets.US_ASCII).stream()
                .filter(line -> line.startsWith(OPEN_FILES))
                .map(line -> line.substring(OPEN_FILES.length()).strip().split("\\s+", -1)[0])
                .filter(number -> number.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
