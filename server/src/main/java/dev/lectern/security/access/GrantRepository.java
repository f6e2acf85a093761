package dev.lectern.security.access;

import dev.lectern.security.CollectionGrant;
import dev.lectern.security.GranteeKind;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The grants of collections in the database. */
@Repository
class GrantRepository {
    private final JdbcClient jdbc;

    GrantRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The grants of all collections for which somebody has set them, those without any too. */
    Map<CollectionId, List<CollectionGrant>> readAll() {
        Map<CollectionId, List<CollectionGrant>> all = new HashMap<>();
        jdbc.sql("SELECT collection FROM collection_access")
                .query(String.class)
                .list()
                .forEach(collection -> all.put(new CollectionId(collection), new ArrayList<>()));
        jdbc.sql("SELECT collection, grantee_kind, grantee, permission FROM collection_grant"
                        + " ORDER BY collection, grantee_kind, grantee")
                .query(row -> {
                    CollectionGrant grant = new CollectionGrant(
                            GranteeKind.of(row.getString("grantee_kind")).orElseThrow(),
                            row.getString("grantee"),
                            Permission.valueOf(row.getString("permission").toUpperCase(Locale.ROOT)));
                    all.computeIfAbsent(new CollectionId(row.getString("collection")), _ -> new ArrayList<>())
                            .add(grant);
                });
        return all;
    }

    void replace(CollectionId collection, List<CollectionGrant> grants) {
        delete(collection);
        jdbc.sql("INSERT INTO collection_access (collection) VALUES (?)")
                .param(collection.value())
                .update();
        for (CollectionGrant grant : grants) {
            jdbc.sql("INSERT INTO collection_grant (collection, grantee_kind, grantee, permission) VALUES (?, ?, ?, ?)")
                    .params(
                            collection.value(),
                            grant.kind().text(),
                            grant.id(),
                            grant.permission().text())
                    .update();
        }
    }

    void delete(CollectionId collection) {
        jdbc.sql("DELETE FROM collection_grant WHERE collection = ?")
                .param(collection.value())
                .update();
        jdbc.sql("DELETE FROM collection_access WHERE collection = ?")
                .param(collection.value())
                .update();
    }

    void deleteOf(GranteeKind kind, String id) {
        jdbc.sql("DELETE FROM collection_grant WHERE grantee_kind = ? AND grantee = ?")
                .params(kind.text(), id)
                .update();
    }

    boolean exists(GranteeKind kind, String id) {
        String table = kind == GranteeKind.USER ? "user_account" : "user_group";
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE id = ?")
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
