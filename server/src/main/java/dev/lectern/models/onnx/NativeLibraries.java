package dev.lectern.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets what the tokenizer's library reads once, before any of its classes is loaded. Left alone it asks a cloud's metadata address and then a
 * telemetry host whenever a tokenizer is made, and unpacks its native part into the home folder.
 */
final class NativeLibraries {
    private static final Logger log = LoggerFactory.getLogger(NativeLibraries.class);

    private static final Map<String, String> SILENCE = Map.of("ai.djl.offline", "true", "OPT_OUT_TRACKING", "true");

    private static final String UNPACK_INTO = "ENGINE_CACHE_DIR";

    private NativeLibraries() {}

    /** Only the first call of a process chooses the folder, for a library is loaded once. A folder that cannot be written gives way to a temporary one. */
    static synchronized void prepare(Path folder) throws IOException {
        SILENCE.forEach(System::setProperty);
        if (System.getProperty(UNPACK_INTO) == null) {
            System.setProperty(UNPACK_INTO, writable(folder).toAbsolutePath().toString());
        }
    }

    private static Path writable(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException e) {
            log.debug("{} cannot be made", folder, e);
        }
        Path temporary = Files.createTempDirectory("lectern-native");
        log.warn("{} cannot be written; native libraries are unpacked into {}", folder, temporary);
        return temporary;
    }
}
