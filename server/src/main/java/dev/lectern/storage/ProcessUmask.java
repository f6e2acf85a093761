package dev.lectern.storage;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The permissions that the operating system takes from every file that this process creates: also from those that Lucene, SQLite and other libraries create.
 * The script {@code lectern} sets them before the start, so that nothing is left to do; a program that is started otherwise sets them here.
 */
final class ProcessUmask {
    private static final Logger log = LoggerFactory.getLogger(ProcessUmask.class);
    private static final int OWNER_ONLY = 077;
    /** Linux tells the umask of a process there. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessUmask() {}

    /** Leaves permissions to the owner alone. Without effect where the operating system knows none. */
    @SuppressWarnings("restricted") // the command line enables native access
    static synchronized void restrict() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix") || isRestricted()) {
            return;
        }
        try {
            Linker linker = Linker.nativeLinker();
            MethodHandle umask = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("umask"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int former = (int) umask.invokeExact(OWNER_ONLY);
            log.debug("The umask was {}", Integer.toOctalString(former));
        } catch (Throwable refused) {
            // The data folder itself stays closed to others.
            log.warn(
                    "The umask cannot be set, so that new files in the data folder may be readable by others. Start"
                            + " the program with: umask 077",
                    refused);
        }
    }

    private static boolean isRestricted() {
        if (!Files.isReadable(STATUS)) {
            return false;
        }
        try {
            List<String> lines = Files.readAllLines(STATUS);
            return lines.stream().anyMatch(line -> line.matches("Umask:\\s*0?[0-7]?77"));
        } catch (IOException notLinux) {
            log.debug("{} cannot be read", STATUS, notLinux);
            return false;
        }
    }
}
