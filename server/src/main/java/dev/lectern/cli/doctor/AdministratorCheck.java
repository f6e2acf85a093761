package dev.lectern.cli.doctor;

import dev.lectern.http.NetworkReach;
import dev.lectern.security.signin.AdministratorRequirement;
import dev.lectern.shared.LecternException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Checks that a server on the network has an administrator, as {@code serve} does.
 *
 * @param values the settings by key
 */
record AdministratorCheck(Map<String, String> values, Path dataFolder) implements DiagnosticCheck {
    private static final String ACCOUNTS = "250";

    @Override
    public List<Finding> run() {
        NetworkReach reach = NetworkReach.of(values);
        if (!AdministratorRequirement.isNeeded(reach)) {
            return List.of();
        }
        try {
            long administrators = new LibraryReader(values, dataFolder)
                    .read(ACCOUNTS, AdministratorRequirement::countAdministrators)
                    .orElse(0L);
            AdministratorRequirement.require(reach, dataFolder, () -> administrators);
            return List.of(Finding.passed("The server has an administrator who can sign in."));
        } catch (LecternException refused) {
            return List.of(Finding.failed(String.valueOf(refused.getMessage())));
        } catch (SQLException unreadable) {
            return List.of(Finding.failed(
                    "Whether the server has an administrator cannot be read from its database. Check the database."));
        }
    }
}
