package dev.lectern.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * System properties for the tokenizer library, which reads them once when its classes are loaded. Without them it calls a cloud metadata address and a
 * telemetry host for every tokenizer, and unpacks its native library into the home folder.
 */
final class NativeLibrarySettings {
    private static final Logger log = LoggerFactory.getLogger(NativeLibrarySettings.class);

    private static final Map<String, String> OFFLINE = Map.of("ai.djl.offline", "true", "OPT_OUT_TRACKING", "true");

    /** About the size of the largest of them. */
    private static final long LIBRARY_BYTES = 32L << 20;

    private static final String UNPACK_INTO = "ENGINE_CACHE_DIR";

    private NativeLibrarySettings() {}

    /** Sets the properties. The first call of a process chooses the folder; a temporary folder is used if that is not writable. */
    static synchronized void apply(Path folder) throws IOException {
        OFFLINE.forEach(System::setProperty);
        if (System.getProperty(UNPACK_INTO) == null) {
            System.setProperty(UNPACK_INTO, writable(folder).toAbsolutePath().toString());
        }
    }

    /** Whether the disk of a folder has less space than the libraries take; false when that cannot be found out. */
    static boolean lacksSpace(Path folder) {
        try {
            return Files.exists(folder) && Files.getFileStore(folder).getUsableSpace() < LIBRARY_BYTES;
        } catch (IOException e) {
            log.debug("The free space of {} cannot be read", folder, e);
            return false;
        }
    }

    private static Path writable(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException e) {
            log.debug("{} cannot be created", folder, e);
        }
        Path temporary = Files.createTempDirectory("lectern-native");
        log.warn("{} is not writable; native libraries are unpacked into {}", folder, temporary);
        return temporary;
    }
}
