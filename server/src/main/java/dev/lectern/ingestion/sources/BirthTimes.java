package dev.lectern.ingestion.sources;

import dev.lectern.shared.FolderPath;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a file system keeps the time at which a file was made. Java gives the time of the last change in its place when it does not, and never says which
 * of the two it was.
 */
final class BirthTimes {
    private static final Logger log = LoggerFactory.getLogger(BirthTimes.class);
    private static final boolean IS_MAC =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    private static final int CURRENT_FOLDER = -100;
    private static final int FOLLOW_LINKS = 0;
    private static final int BIRTH_TIME = 0x800;
    /** {@code struct statx}; it begins with the mask of what the file system knows. */
    private static final int STATX_BYTES = 256;

    private static final Optional<MethodHandle> STATX = findStatx();

    private BirthTimes() {}

    /** Asks the file system of a file that exists. False also when it cannot be found out. */
    static boolean areKeptFor(Path file) {
        return IS_MAC || (STATX.isPresent() && isKnown(STATX.get(), file));
    }

    private static boolean isKnown(MethodHandle statx, Path file) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] path = FolderPath.toBytes(file);
            MemorySegment name = arena.allocate(path.length + 1L);
            name.asByteBuffer().put(path);
            MemorySegment result = arena.allocate(STATX_BYTES, Long.BYTES);
            int failed = (int) statx.invokeExact(CURRENT_FOLDER, name, FOLLOW_LINKS, BIRTH_TIME, result);
            return failed == 0 && (result.get(ValueLayout.JAVA_INT, 0) & BIRTH_TIME) != 0;
        } catch (Throwable e) {
            throw new IllegalStateException("The function statx of the C library failed", e);
        }
    }

    @SuppressWarnings("restricted") // the command line enables native access
    private static Optional<MethodHandle> findStatx() {
        try {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("statx")
                    .map(function -> linker.downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS)));
        } catch (UnsupportedOperationException | IllegalCallerException refused) {
            log.info("The times at which files were made are not used: the C library cannot be called", refused);
            return Optional.empty();
        }
    }
}
