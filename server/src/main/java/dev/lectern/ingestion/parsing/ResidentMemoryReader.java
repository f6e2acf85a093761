package dev.lectern.ingestion.parsing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the resident memory of a process. Known on Linux only; elsewhere the limit of the heap has to do. */
final class ResidentMemoryReader {
    private static final long PAGE = 4096;

    private ResidentMemoryReader() {}

    /** Bytes; 0 where it is not known or the process has ended. */
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
