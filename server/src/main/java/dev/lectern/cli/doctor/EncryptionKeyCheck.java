package dev.lectern.cli.doctor;

import dev.lectern.security.EncryptionKey;
import dev.lectern.shared.LecternException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that the secrets in the database can be read with the present key, as the server does at its start.
 *
 * @param values the settings by key
 */
record EncryptionKeyCheck(Map<String, String> values, Path dataFolder) implements DiagnosticCheck {
    private static final String PROVIDER_SESSIONS = "253";

    @Override
    public List<Finding> run() {
        String setting = values.getOrDefault("lectern.security.encryption-key", "");
        try {
            Optional<Optional<String>> answer = new LibraryReader(values, dataFolder)
                    .read(PROVIDER_SESSIONS, jdbc -> EncryptionKey.findObjection(setting, dataFolder, jdbc));
            return answer.map(objection -> objection
                            .map(Finding::failed)
                            .orElseGet(() -> Finding.passed("The secrets in the database can be read.")))
                    .stream()
                    .toList();
        } catch (LecternException reportedByTheDatabaseCheck) {
            return List.of();
        } catch (SQLException unreadable) {
            return List.of(Finding.failed(
                    "Whether the secrets in the database can be read is not known. Check the database."));
        }
    }
}
