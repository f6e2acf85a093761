package dev.lectern.security.accounts;

import dev.lectern.TestServer;
import dev.lectern.security.CollectionGrant;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Permission;
import java.util.List;

/** Carries out every statement about people, groups and grants. */
public final class AccountStatements {
    private static final CollectionId PAPERS = new CollectionId("papers");

    private AccountStatements() {}

    public static void run(TestServer server) {
        People people = server.bean(People.class);
        Groups groups = server.bean(Groups.class);
        CollectionGrants grants = server.bean(CollectionGrants.class);
        UserAccount mary = people.create(TestAccess.OPERATOR, "mary", null, "mary@example.org", Role.USER);
        people.change(TestAccess.OPERATOR, mary.id(), new People.Change("Mary", null, null, null), null);
        people.list(TestAccess.OPERATOR, "ma", null, 10);
        String group = groups.create(TestAccess.OPERATOR, "Readers").id();
        groups.rename(TestAccess.OPERATOR, group, "Writers", null);
        groups.addMember(TestAccess.OPERATOR, group, mary.id());
        groups.members(TestAccess.OPERATOR, group);
        groups.list(TestAccess.OPERATOR);
        server.bean(ActiveUsers.class).find(mary.id());
        grants.replace(
                PAPERS,
                List.of(
                        new CollectionGrant(GranteeKind.USER, mary.id(), Permission.READ),
                        new CollectionGrant(GranteeKind.GROUP, group, Permission.READ)));
        grants.isSet(PAPERS);
        groups.removeMember(TestAccess.OPERATOR, group, mary.id());
        groups.delete(TestAccess.OPERATOR, group, null);
        people.delete(TestAccess.OPERATOR, mary.id(), null);
        grants.delete(PAPERS);
    }
}
