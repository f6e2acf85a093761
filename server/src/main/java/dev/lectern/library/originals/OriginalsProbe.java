package dev.lectern.library.originals;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks the storage of the originals of a configuration without starting the program. */
public final class OriginalsProbe {
    private OriginalsProbe() {}

    /**
     * Writes, reads, lists and deletes a test object in the bucket, or checks the directory.
     *
     * @param properties the settings that are set, by key
     * @return the storage, for people; empty when the originals are in the data folder
     * @throws LecternException {@code INVALID_REQUEST} for invalid settings, {@code ORIGINALS_UNAVAILABLE} with what to do
     */
    public static Optional<String> check(Map<String, String> properties) {
        OriginalsProperties settings = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("lectern.originals", OriginalsProperties.class);
        settings.requireSingleStore();
        if (!settings.bucket().isBlank()) {
            try (S3Bucket s3Bucket = new S3Bucket(settings)) {
                s3Bucket.testPermissions();
            }
            return Optional.of("The bucket " + settings.bucket());
        }
        if (settings.folder().isBlank()) {
            return Optional.empty();
        }
        Path folder = Path.of(settings.folder());
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new LecternException(
                    ErrorCode.ORIGINALS_UNAVAILABLE,
                    "The folder of the originals does not exist or is not writable: " + folder
                            + ". Check that it is mounted, and its permissions.");
        }
        return Optional.of("The folder " + folder);
    }
}
