package dev.lectern.settings;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The changed settings in the database. Every method joins a transaction. */
@Repository
class RuntimeSettingRepository {
    private final JdbcClient jdbc;

    RuntimeSettingRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A setting that was changed.
     *
     * @param value null after it was set back to the default
     * @param version rises with every change, from 1
     * @param changedBy {@code Caller.text()}
     */
    record StoredSetting(
            String name,
            @Nullable String value,
            long version,
            Instant changedAt,
            String changedBy) {
        static StoredSetting read(ResultSet row, int number) throws SQLException {
            return new StoredSetting(
                    row.getString("name"),
                    row.getString("value"),
                    row.getLong("version"),
                    Instant.ofEpochMilli(row.getLong("changed_at")),
                    row.getString("changed_by"));
        }
    }

    /** Rises with every change of any setting. */
    long findRevision() {
        return jdbc.sql("SELECT COALESCE(MAX(revision), 0) FROM runtime_setting_revision")
                .query(Long.class)
                .single();
    }

    /** Lets no other transaction change a setting before this one ends. */
    void raiseRevision() {
        int raised = jdbc.sql("UPDATE runtime_setting_revision SET revision = revision + 1")
                .update();
        if (raised != 1) {
            throw LecternException.forOperator(
                    ErrorCode.INTERNAL,
                    "The revision of the settings is missing, so that other nodes would not see a change.",
                    "Restore the row of the table runtime_setting_revision from a backup.",
                    null);
        }
    }

    Optional<StoredSetting> find(String name) {
        return jdbc.sql("SELECT * FROM runtime_setting WHERE name = ?")
                .param(name)
                .query(StoredSetting::read)
                .optional();
    }

    List<StoredSetting> findAll() {
        return jdbc.sql("SELECT * FROM runtime_setting ORDER BY name")
                .query(StoredSetting::read)
                .list();
    }

    void save(StoredSetting setting) {
        jdbc.sql("INSERT INTO runtime_setting (name, value, version, changed_at, changed_by) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = excluded.version,"
                        + " changed_at = excluded.changed_at, changed_by = excluded.changed_by")
                .param(setting.name())
                .param(setting.value())
                .param(setting.version())
                .param(setting.changedAt().toEpochMilli())
                .param(setting.changedBy())
                .update();
    }
}
