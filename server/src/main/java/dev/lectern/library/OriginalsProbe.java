package dev.lectern.library;

import dev.lectern.library.originals.OriginalsProperties;
import dev.lectern.library.originals.s3.Bucket;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Looks at the place of the originals that a configuration names, without starting anything. */
public final class OriginalsProbe {
    private OriginalsProbe() {}

    /**
     * Writes, reads, lists and deletes an object of its own in the bucket, or looks at the directory.
     *
     * @param properties the settings that are set, by key
     * @return what it looked at, for people; empty when originals are in the data folder
     * @throws LecternException {@code INVALID_REQUEST} for settings that cannot be, {@code ORIGINALS_UNAVAILABLE} with what to do
     */
    public static Optional<String> look(Map<String, String> properties) {
        OriginalsProperties settings = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("lectern.originals", OriginalsProperties.class);
        settings.requireOnePlace();
        if (!settings.bucket().isBlank()) {
            try (Bucket bucket = new Bucket(settings)) {
                bucket.tryOut();
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
                    "The folder of the originals, " + folder
                            + ", is not there or cannot be written. Check that it is mounted, and its permissions.");
        }
        return Optional.of("The folder " + folder);
    }
}
