package dev.lectern.ingestion.parsing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process takes. Known on Linux; elsewhere the limits of its heap must do. */
final class ResidentMemoryReader {
    private static final long PAGE = 4096;

    private ResidentMemoryReader() {}

    /** Bytes, or 0 where it is not known or the process is gone. */
    static long of(long pid) {
        try {
            String[] pages =
                    Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", 3);
            return pages.length < 2 ? 0 : Long.parseLong(pages[1]) * PAGE;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
