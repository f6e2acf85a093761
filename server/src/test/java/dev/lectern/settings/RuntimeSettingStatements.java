package dev.lectern.settings;

import dev.lectern.settings.RuntimeSettingRepository.StoredSetting;
import dev.lectern.storage.TestDatabase;
import java.time.Instant;

/** Carries out every statement about settings once. */
public final class RuntimeSettingStatements {
    private RuntimeSettingStatements() {}

    public static void run(TestDatabase database) {
        RuntimeSettingRepository repository = new RuntimeSettingRepository(database.jdbc());
        repository.raiseRevision();
        repository.save(new StoredSetting("LECTERN_TEST", "1", repository.findRevision(), Instant.EPOCH, "system:x"));
        repository.find("LECTERN_TEST");
        repository.findAll();
    }
}
