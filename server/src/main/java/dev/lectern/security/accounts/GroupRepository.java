package dev.lectern.security.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Groups in the database. Changes go through {@link dev.lectern.security.access.AccessChanges}. */
@Repository
public class GroupRepository {
    /** The origin of members that administrators have added; others are added by an issuer. */
    public static final String LOCAL = "local";

    private static final String SELECT = "SELECT g.id, g.name, g.display_name, g.created_at, g.version,"
            + " (SELECT COUNT(DISTINCT m.user_account) FROM group_member m WHERE m.user_group = g.id) AS members"
            + " FROM user_group g ";

    private final JdbcClient jdbc;

    GroupRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @return whether it was added; false if the name is taken */
    public boolean add(Group group) {
        return jdbc.sql("INSERT INTO user_group (id, name, display_name, created_at, version) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING")
                        .params(
                                group.id(),
                                group.name(),
                                group.displayName(),
                                group.createdAt().toEpochMilli(),
                                group.version())
                        .update()
                > 0;
    }

    public void rename(String id, String name, String displayName) {
        jdbc.sql("UPDATE user_group SET name = ?, display_name = ?, version = version + 1 WHERE id = ?")
                .params(name, displayName, id)
                .update();
    }

    public void delete(String id) {
        jdbc.sql("DELETE FROM group_member WHERE user_group = ?").param(id).update();
        jdbc.sql("DELETE FROM user_group WHERE id = ?").param(id).update();
    }

    public Optional<Group> find(String id) {
        return jdbc.sql(SELECT + "WHERE g.id = ?")
                .param(id)
                .query(GroupRepository::read)
                .optional();
    }

    /** @param name folded */
    public Optional<Group> findByName(String name) {
        return jdbc.sql(SELECT + "WHERE g.name = ?")
                .param(name)
                .query(GroupRepository::read)
                .optional();
    }

    /** All groups in the order of their names. */
    public List<Group> list() {
        return jdbc.sql(SELECT + "ORDER BY g.name").query(GroupRepository::read).list();
    }

    public long count() {
        return jdbc.sql("SELECT COUNT(*) FROM user_group").query(Long.class).single();
    }

    /** The ids of the members, in the order of their names. */
    public List<String> membersOf(String id) {
        return jdbc.sql("SELECT u.id FROM user_account u WHERE u.id IN"
                        + " (SELECT m.user_account FROM group_member m WHERE m.user_group = ?) ORDER BY u.name")
                .param(id)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** The ids of the groups to which a person belongs as an origin says. */
    public Set<String> groupsOf(String user, String origin) {
        return jdbc
                .sql("SELECT user_group FROM group_member WHERE user_account = ? AND origin = ?")
                .params(user, origin)
                .query((row, number) -> row.getString(1))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    public void addMember(String group, String user, String origin) {
        jdbc.sql("INSERT INTO group_member (user_group, user_account, origin) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(group, user, origin)
                .update();
    }

    /** Ends a membership that an origin says. Those of other origins stay. */
    public void removeMember(String group, String user, String origin) {
        jdbc.sql("DELETE FROM group_member WHERE user_group = ? AND user_account = ? AND origin = ?")
                .params(group, user, origin)
                .update();
    }

    private static Group read(ResultSet row, int number) throws SQLException {
        return new Group(
                row.getString("id"),
                row.getString("name"),
                row.getString("display_name"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getLong("members"),
                row.getLong("version"));
    }
}
