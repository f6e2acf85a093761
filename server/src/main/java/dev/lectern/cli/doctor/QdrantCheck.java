package dev.lectern.cli.doctor;

import dev.lectern.index.QdrantProbe;
import dev.lectern.library.LibraryIdRepository;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.storage.UnpooledDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;

/** Checks that the configured Qdrant responds, accepts the key, is recent enough and has no indexes of other libraries under this library's prefix. */
record QdrantCheck(Map<String, String> properties, Path dataFolder) implements DiagnosticCheck {
    private static final int[] MIN_VERSION = {1, 18};

    @Override
    public List<Finding> run() {
        try {
            Optional<QdrantProbe.Found> found = QdrantProbe.probe(properties, this::library, InstantSource.system());
            return found.map(QdrantCheck::finding).map(List::of).orElse(List.of());
        } catch (LecternException e) {
            return List.of(Finding.failed(
                    Objects.requireNonNullElse(e.getMessage(), e.code().title())));
        } catch (BindException wrong) {
            return List.of(Finding.failed("The settings of Qdrant are invalid. See docs/configuration.md."));
        }
    }

    /** The library id; empty when there is no library yet, so that every existing index counts as another library's. */
    private String library() {
        try {
            return LibraryIdRepository.read(UnpooledDatabase.configured(properties, dataFolder));
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
                    "Qdrant " + found.version() + " responds and has " + found.others()
                            + " indexes of other libraries under the same prefix. Set another LECTERN_INDEX_QDRANT_COLLECTION_PREFIX, or delete those collections if their libraries no longer exist.");
        }
        return isOld(found.version())
                ? Finding.warning("Qdrant " + found.version()
                        + " responds, but Lectern is tested with 1.18 and newer. Update Qdrant.")
                : Finding.passed("Qdrant " + found.version() + " responds and has " + found.indexes()
                        + " indexes of this library.");
    }

    private static boolean isOld(String version) {
        String[] parts = version.split("\\.", -1);
        if (parts.length < 2 || !parts[0].matches("\\d{1,4}") || !parts[1].matches("\\d{1,4}")) {
            return false;
        }
        int major = Integer.parseInt(parts[0]);
        return major < MIN_VERSION[0] || (major == MIN_VERSION[0] && Integer.parseInt(parts[1]) < MIN_VERSION[1]);
    }
}
