package dev.lectern.security;

import dev.lectern.backup.spi.SnapshotSource;
import dev.lectern.backup.spi.SnapshotTable;
import dev.lectern.backup.spi.TransientTable;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class SecurityBackupSource implements SnapshotSource {
    @Override
    public String name() {
        return "security";
    }

    /** Includes the keys that sign cookies, so that visitors keep their conversations after a migration. */
    @Override
    public List<SnapshotTable> tables() {
        return List.of(
                SnapshotTable.of("signing_keys", "name"),
                SnapshotTable.of("user_account", "id"),
                SnapshotTable.of("recovery_code", "user_account", "hash"),
                SnapshotTable.of("passkey", "id"),
                SnapshotTable.of("user_identity", "issuer", "subject"),
                SnapshotTable.of("user_group", "id"),
                SnapshotTable.of("group_member", "user_group", "user_account", "origin"),
                SnapshotTable.of("collection_access", "collection"),
                SnapshotTable.of("collection_grant", "collection", "grantee_kind", "grantee"),
                SnapshotTable.of("access_revision", "id").withSeededRows(1),
                SnapshotTable.of("api_key", "id"),
                SnapshotTable.of("api_key_secret", "hash"),
                SnapshotTable.of("one_time_link", "hash"));
    }

    @Override
    public List<TransientTable> transientTables() {
        return List.of(
                new TransientTable("user_session", "people sign in again"),
                new TransientTable("user_session_attributes", "people sign in again"),
                new TransientTable("passkey_challenge", "people begin again to use or to add a passkey"),
                new TransientTable("provider_session", "people sign in again"),
                new TransientTable("logout_token", "the sessions that they name are not moved"));
    }
}
