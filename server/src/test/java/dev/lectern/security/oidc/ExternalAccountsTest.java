package dev.lectern.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.security.SecurityMode;
import dev.lectern.security.TestAccess;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.access.TestGrants;
import dev.lectern.security.accounts.AccountChanged;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.TestAccounts;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Secret;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class ExternalAccountsTest {
    private static final String ISSUER = "https://id.example.org";
    private static final String OTHER = "https://other.example.org";

    private final DatabaseEngine engine;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Object> events = new ArrayList<>();
    private TestDatabase database;
    private TestAccounts accounts;
    private AccessChanges changes;

    ExternalAccountsTest(DatabaseEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        database = engine.open(folder);
        changes = TestGrants.changes(database, executor);
        accounts = new TestAccounts(
                database, changes, TestGrants.stored(SecurityMode.PRIVATE, database, changes), events::add);
    }

    @AfterEach
    void close() {
        executor.close();
        database.close();
    }

    @Test
    void person_isKnownByIssuerAndSubject_andByNothingElse() {
        ExternalAccounts external = external(Map.of());
        UserAccount ada = external.signIn(claims(ISSUER, "1", "ada", "ada@example.org", true));

        assertThat(external.signIn(claims(ISSUER, "1", "renamed", "new@example.org", true))
                        .id())
                .isEqualTo(ada.id());
        assertThat(external.signIn(claims(OTHER, "1", "ada", "ada@example.org", true))
                        .id())
                .isNotEqualTo(ada.id());
        UserAccount namesake = external.signIn(claims(ISSUER, "2", "ada", "ada@example.org", true));
        assertThat(namesake.id()).isNotEqualTo(ada.id());
        assertThat(namesake.name()).isEqualTo("ada-3");
        assertThat(accounts.users().find(ada.id()).orElseThrow().email()).isEqualTo("new@example.org");
    }

    @Test
    void nameOfALocalAdministrator_givesNobodyThatAccount() {
        UserAccount root =
                accounts.people().create(TestAccess.OPERATOR, "root", null, "root@example.org", Role.ADMINISTRATOR);

        UserAccount other = external(Map.of()).signIn(claims(ISSUER, "1", "ROOT", "root@example.org", true));
        assertThat(other.id()).isNotEqualTo(root.id());
        assertThat(other.role()).isEqualTo(Role.USER);
    }

    @Test
    void address_linksOnlyWhereAllowedAndVerifiedOnBothSides() {
        UserAccount root =
                accounts.people().create(TestAccess.OPERATOR, "root", null, "root@example.org", Role.ADMINISTRATOR);
        ExternalAccounts external = external(Map.of("link-by-email", "true"));

        assertThat(external.signIn(claims(ISSUER, "1", "a", "root@example.org", false))
                        .id())
                .isNotEqualTo(root.id());
        assertThat(external.signIn(claims(ISSUER, "2", "b", null, true)).id()).isNotEqualTo(root.id());
        database.jdbc()
                .sql("UPDATE user_account SET email_verified = 0 WHERE id = ?")
                .param(root.id())
                .update();
        assertThat(external.signIn(claims(ISSUER, "3", "c", "root@example.org", true))
                        .id())
                .isNotEqualTo(root.id());
        database.jdbc()
                .sql("UPDATE user_account SET email_verified = 0, email = NULL WHERE id <> ?")
                .param(root.id())
                .update();
        database.jdbc()
                .sql("UPDATE user_account SET email_verified = 1 WHERE id = ?")
                .param(root.id())
                .update();
        assertThat(external.signIn(claims(ISSUER, "4", "d", "ROOT@example.org", true))
                        .id())
                .isEqualTo(root.id());
        assertThat(external.signIn(claims(ISSUER, "5", "e", "root@example.org", true))
                        .id())
                .as("the account has an identity of this issuer")
                .isNotEqualTo(root.id());
    }

    @Test
    void addressOfTwoAccounts_linksNone() {
        accounts.people().create(TestAccess.OPERATOR, "a", null, "both@example.org", Role.USER);
        accounts.people().create(TestAccess.OPERATOR, "b", null, "both@example.org", Role.USER);
        UserAccount third =
                external(Map.of("link-by-email", "true")).signIn(claims(ISSUER, "1", "c", "both@example.org", true));
        assertThat(third.name()).isEqualTo("c");
    }

    @Test
    void groups_followTheProvider_andLocalMembershipsStay() {
        String staff = accounts.groups().create(TestAccess.OPERATOR, "Staff").id();
        String hr = accounts.groups().create(TestAccess.OPERATOR, "HR").id();
        ExternalAccounts external = external(Map.of());
        UserAccount ada = external.signIn(claims(ISSUER, "1", "ada", null, false, "staff", "unknown"));
        assertThat(accounts.users().groupsOf(ada.id())).containsExactly(staff);

        accounts.groups().addMember(TestAccess.OPERATOR, staff, ada.id());
        external.refresh(claims(ISSUER, "1", "ada", null, false, "hr"));
        assertThat(accounts.users().groupsOf(ada.id())).containsExactlyInAnyOrder(staff, hr);
        external.refresh(claims(ISSUER, "1", "ada", null, false));
        assertThat(accounts.users().groupsOf(ada.id())).containsExactly(staff);
    }

    @Test
    void administrators_areThoseOfTheProvidersGroups_ifAnyAreNamed() {
        accounts.people().create(TestAccess.OPERATOR, "root", null, null, Role.ADMINISTRATOR);
        ExternalAccounts external = external(Map.of("administrator-groups", "admins"));
        UserAccount ada = external.signIn(claims(ISSUER, "1", "ada", null, false, "admins"));
        assertThat(ada.role()).isEqualTo(Role.ADMINISTRATOR);
        assertThat(external.signIn(claims(ISSUER, "1", "ada", null, false, "Admins"))
                        .role())
                .isEqualTo(Role.USER);
        assertThat(external(Map.of())
                        .signIn(claims(ISSUER, "2", "bob", null, false, "admins"))
                        .role())
                .isEqualTo(Role.USER);
        assertThat(events)
                .extracting(event -> ((AccountChanged) event).kind())
                .contains(AccountChanged.Kind.CREATED, AccountChanged.Kind.ROLE_CHANGED);
    }

    @Test
    void lastAdministrator_staysOne_whateverTheProviderSays() {
        ExternalAccounts external = external(Map.of("administrator-groups", "admins"));
        UserAccount ada = external.signIn(claims(ISSUER, "1", "ada", null, false, "admins"));
        assertThat(external.signIn(claims(ISSUER, "1", "ada", null, false)).role())
                .isEqualTo(Role.ADMINISTRATOR);
        external.refresh(claims(ISSUER, "1", "ada", null, false));
        assertThat(accounts.users().find(ada.id()).orElseThrow().role()).isEqualTo(Role.ADMINISTRATOR);
        assertThat(events)
                .extracting(event -> ((AccountChanged) event).kind())
                .contains(AccountChanged.Kind.ROLE_KEPT);

        external.signIn(claims(ISSUER, "2", "bob", null, false, "admins"));
        external.refresh(claims(ISSUER, "1", "ada", null, false));
        assertThat(accounts.users().find(ada.id()).orElseThrow().role()).isEqualTo(Role.USER);
    }

    @Test
    void whoMayNotSignIn_isRefused_andGetsNoAccount() {
        refuses(external(Map.of("allowed-groups", "staff")), claims(ISSUER, "1", "ada", null, false, "guests"));
        refuses(external(Map.of("create-accounts", "false")), claims(ISSUER, "1", "ada", null, false));
        assertThat(accounts.users().list("", "", 10)).isEmpty();

        UserAccount ada = external(Map.of()).signIn(claims(ISSUER, "1", "ada", null, false));
        accounts.people().change(TestAccess.OPERATOR, ada.id(), new People.Change(null, null, null, true), null);
        refuses(external(Map.of()), claims(ISSUER, "1", "ada", null, false));
    }

    @Test
    void namesThatProvidersSend_areMadeNamesOfAccounts() {
        ExternalAccounts external = external(Map.of());
        assertThat(external.signIn(claims(ISSUER, "1", "<script>", null, false)).name())
                .isEqualTo("script");
        assertThat(external.signIn(claims(ISSUER, "2", "--", null, false)).name())
                .isEqualTo("user");
        assertThat(external.signIn(claims(ISSUER, "3", null, "Bob@Example.org", false))
                        .name())
                .isEqualTo("bob@example.org");
        assertThat(external.signIn(claims(ISSUER, "4", "x".repeat(500), null, false))
                        .name())
                .hasSize(90);
    }

    private ExternalAccounts external(Map<String, String> settings) {
        return new ExternalAccounts(
                new OidcProperties(
                        URI.create(ISSUER),
                        "lectern",
                        Secret.of("secret"),
                        "Provider",
                        Set.of("openid"),
                        "groups",
                        setOf(settings.get("administrator-groups")),
                        setOf(settings.get("allowed-groups")),
                        Boolean.parseBoolean(settings.get("link-by-email")),
                        !"false".equals(settings.get("create-accounts"))),
                new IdentityRepository(database.jdbc(), accounts.users()),
                accounts.users(),
                accounts.groupRepository(),
                changes,
                events::add,
                TestAccounts.IDS,
                TestAccounts.CLOCK);
    }

    private static Set<String> setOf(@Nullable String one) {
        return one == null ? Set.of() : Set.of(one);
    }

    private static ProviderClaims claims(
            String issuer,
            String subject,
            @Nullable String name,
            @Nullable String email,
            boolean isVerified,
            String... groups) {
        return new ProviderClaims(issuer, subject, name, null, email, isVerified, Set.of(groups));
    }

    private static void refuses(ExternalAccounts external, ProviderClaims claims) {
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> external.signIn(claims))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FORBIDDEN));
    }
}
