package dev.lectern.cli.doctor;

import dev.lectern.index.QdrantProbe;
import dev.lectern.library.LibraryIdRepository;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.DatabasePlace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;

/** Whether the configured Qdrant answers, takes the key, is new enough, and has no other library's index where this one's belongs. */
record QdrantCheck(Map<String, String> properties, Path dataFolder) implements Check {
    private static final int[] OLDEST = {1, 18};

    @Override
    public List<Finding> look() {
        try {
            Optional<QdrantProbe.Found> found = QdrantProbe.look(properties, this::library, InstantSource.system());
            return found.map(QdrantCheck::finding).map(List::of).orElse(List.of());
        } catch (LecternException e) {
            return List.of(Finding.bad(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title())));
        } catch (BindException wrong) {
            return List.of(
                    Finding.bad("The settings of Qdrant cannot be read. docs/configuration.md says what they take."));
        }
    }

    /** Empty where there is no library yet: it will be another one than any whose index is there. */
    private String library() {
        try {
            return LibraryIdRepository.read(DatabasePlace.configured(properties, dataFolder));
        } catch (LecternException e) {
            if (e.code() == ErrorCode.INVALID_REQUEST) {
                return "";
            }
            throw e;
        }
    }

    private static Finding finding(QdrantProbe.Found found) {
        if (found.others() > 0) {
            return Finding.warning(
                    "Qdrant " + found.version() + " answers and has " + found.others()
                            + " indexes of other libraries under the same prefix. Choose another LECTERN_INDEX_QDRANT_COLLECTION_PREFIX, or delete those collections if their libraries are gone.");
        }
        return isOld(found.version())
                ? Finding.warning("Qdrant " + found.version() + " answers; Lectern is tried with 1.18 and newer.")
                : Finding.good("Qdrant " + found.version() + " answers and has " + found.indexes()
                        + " indexes of this library.");
    }

    private static boolean isOld(String version) {
        String[] parts = version.split("\\.", -1);
        if (parts.length < 2 || !parts[0].matches("\\d{1,4}") || !parts[1].matches("\\d{1,4}")) {
            return false;
        }
        int major = Integer.parseInt(parts[0]);
        return major < OLDEST[0] || (major == OLDEST[0] && Integer.parseInt(parts[1]) < OLDEST[1]);
    }
}
