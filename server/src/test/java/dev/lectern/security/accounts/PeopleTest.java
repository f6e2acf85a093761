package dev.lectern.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.security.CollectionGrant;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.SecurityMode;
import dev.lectern.security.TestAccess;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.access.TestGrants;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class PeopleTest {
    private static final Caller OPERATOR = TestAccess.OPERATOR;
    private static final CollectionId PAPERS = new CollectionId("papers");

    private final DatabaseEngine engine;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Object> events = new ArrayList<>();
    private TestDatabase database;
    private UserRepository users;
    private GroupRepository groupRepository;
    private CollectionGrants grants;
    private ActiveUsers active;
    private People people;
    private Groups groups;

    PeopleTest(DatabaseEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void create(@TempDir Path folder) {
        database = engine.open(folder);
        AccessChanges changes = TestGrants.changes(database, executor);
        grants = TestGrants.stored(SecurityMode.PRIVATE, database, changes);
        TestAccounts accounts = new TestAccounts(database, changes, grants, events::add);
        users = accounts.users();
        groupRepository = accounts.groupRepository();
        active = accounts.active(changes);
        people = accounts.people();
        groups = accounts.groups();
    }

    @AfterEach
    void close() {
        executor.close();
        database.close();
    }

    @Test
    void create_foldsTheName_soThatItIsTakenInEveryLetterCase() {
        UserAccount ada = people.create(OPERATOR, " Ada.Lovelace ", null, "ada@example.org", Role.USER);

        assertThat(ada.name()).isEqualTo("ada.lovelace");
        assertThat(ada.displayName()).isEqualTo("Ada.Lovelace");
        assertThat(people.get(OPERATOR, ada.id())).isEqualTo(ada);
        refuses(ErrorCode.CONFLICT, () -> people.create(OPERATOR, "ADA.LOVELACE", null, null, Role.USER));
        refuses(ErrorCode.CONFLICT, () -> people.create(OPERATOR, "ａｄａ.ｌｏｖｅｌａｃｅ", null, null, Role.USER));
    }

    @Test
    void create_refusesNamesThatCannotBeRead() {
        for (String name : List.of("", " ", "-ada", "a\nb", "<b>", "x".repeat(101), "a\u202eb")) {
            refuses(ErrorCode.INVALID_REQUEST, () -> people.create(OPERATOR, name, null, null, Role.USER));
        }
        refuses(ErrorCode.INVALID_REQUEST, () -> people.create(OPERATOR, "ada", "", null, Role.USER));
        refuses(ErrorCode.INVALID_REQUEST, () -> people.create(OPERATOR, "ada", null, "no address", Role.USER));
    }

    @Test
    void everyMethod_isForAdministrators() {
        Caller.User reader = new Caller.User("u", "reader", false, Set.of());
        refuses(ErrorCode.FORBIDDEN, () -> people.list(reader, null, null, 10));
        refuses(ErrorCode.FORBIDDEN, () -> people.get(reader, "u"));
        refuses(ErrorCode.FORBIDDEN, () -> people.create(reader, "x", null, null, Role.USER));
        refuses(ErrorCode.FORBIDDEN, () -> people.change(reader, "u", disabled(), null));
        refuses(ErrorCode.FORBIDDEN, () -> people.delete(reader, "u", null));
        refuses(ErrorCode.FORBIDDEN, () -> groups.list(reader));
        refuses(ErrorCode.FORBIDDEN, () -> groups.get(reader, "g"));
        refuses(ErrorCode.FORBIDDEN, () -> groups.members(reader, "g"));
        refuses(ErrorCode.FORBIDDEN, () -> groups.create(reader, "g"));
        refuses(ErrorCode.FORBIDDEN, () -> groups.rename(reader, "g", "h", null));
        refuses(ErrorCode.FORBIDDEN, () -> groups.delete(reader, "g", null));
        refuses(ErrorCode.FORBIDDEN, () -> groups.addMember(reader, "g", "u"));
        refuses(ErrorCode.FORBIDDEN, () -> groups.removeMember(reader, "g", "u"));
    }

    @Test
    void list_pagesInTheOrderOfNames_andFindsPartsOfThem() {
        for (String name : List.of("carl", "ada", "bob_b", "bobxb")) {
            people.create(OPERATOR, name, null, null, Role.USER);
        }

        var first = people.list(OPERATOR, null, null, 3);
        assertThat(first.items()).extracting(UserAccount::name).containsExactly("ada", "bob_b", "bobxb");
        var second = people.list(OPERATOR, null, first.next(), 3);
        assertThat(second.items()).extracting(UserAccount::name).containsExactly("carl");
        assertThat(second.next()).isNull();
        assertThat(people.list(OPERATOR, "B_B", null, 9).items())
                .extracting(UserAccount::name)
                .containsExactly("bob_b");
    }

    @Test
    void change_withAnOldTag_isRefused() {
        UserAccount ada = people.create(OPERATOR, "ada", null, null, Role.USER);
        String tag = People.tag(ada);

        people.change(OPERATOR, ada.id(), new People.Change("Ada L.", null, null, null), tag);
        refuses(ErrorCode.PRECONDITION_FAILED, () -> people.change(OPERATOR, ada.id(), disabled(), tag));
        refuses(
                ErrorCode.INVALID_REQUEST,
                () -> people.change(OPERATOR, ada.id(), new People.Change("n".repeat(101), null, null, null), tag));
        assertThat(people.get(OPERATOR, ada.id()).isActive()).isTrue();
    }

    @Test
    void addressThatAnAdministratorSets_isVouchedFor_andAPersonsOwnIsNot() {
        UserAccount ada = people.create(OPERATOR, "ada", null, "ada@example.org", Role.USER);
        assertThat(ada.isEmailVerified()).isTrue();
        database.jdbc().sql("UPDATE user_account SET email_verified = 0").update();

        UserAccount same =
                people.change(OPERATOR, ada.id(), new People.Change(null, "ada@example.org", null, null), null);
        assertThat(same.isEmailVerified()).isFalse();
        UserAccount other =
                people.change(OPERATOR, ada.id(), new People.Change(null, "root@example.org", null, null), null);
        assertThat(other.isEmailVerified()).isTrue();
        assertThat(people.change(OPERATOR, ada.id(), new People.Change(null, "", null, null), null)
                        .email())
                .isNull();
    }

    @Test
    void disabledPerson_isNoCallerAnyMore_atOnce() {
        UserAccount ada = people.create(OPERATOR, "ada", null, null, Role.ADMINISTRATOR);
        people.create(OPERATOR, "bob", null, null, Role.ADMINISTRATOR);
        assertThat(active.find(ada.id()).orElseThrow().isAdministrator()).isTrue();

        people.change(OPERATOR, ada.id(), new People.Change(null, null, Role.USER, null), null);
        assertThat(active.find(ada.id()).orElseThrow().isAdministrator()).isFalse();
        people.change(OPERATOR, ada.id(), disabled(), null);
        assertThat(active.find(ada.id())).isEmpty();
        people.change(OPERATOR, ada.id(), new People.Change(null, null, null, false), null);
        assertThat(active.find(ada.id())).isPresent();
    }

    @Test
    void lastAdministrator_staysOne_whateverIsDoneAtOnce() throws Exception {
        List<String> administrators = new ArrayList<>();
        for (String name : List.of("ada", "bob", "carl", "dora")) {
            administrators.add(people.create(OPERATOR, name, null, null, Role.ADMINISTRATOR)
                    .id());
        }

        List<Future<?>> changes = new ArrayList<>();
        for (int i = 0; i < administrators.size(); i++) {
            String id = administrators.get(i);
            boolean deletes = i % 2 == 0;
            changes.add(executor.submit(() -> {
                if (deletes) {
                    people.delete(OPERATOR, id, null);
                } else {
                    people.change(OPERATOR, id, new People.Change(null, null, Role.USER, null), null);
                }
                return null;
            }));
        }
        int refused = 0;
        for (Future<?> change : changes) {
            try {
                change.get();
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                LecternException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT));
                refused++;
            }
        }
        assertThat(refused).isEqualTo(1);
        assertThat(users.countActiveAdministrators()).isEqualTo(1);
    }

    @Test
    void deletedPerson_leavesNoGrantAndNoMembership() {
        UserAccount ada = people.create(OPERATOR, "ada", null, null, Role.USER);
        Group readers = groups.create(OPERATOR, "Readers");
        groups.addMember(OPERATOR, readers.id(), ada.id());
        grants.replace(
                PAPERS,
                List.of(
                        new CollectionGrant(GranteeKind.USER, ada.id(), Permission.MANAGE),
                        new CollectionGrant(GranteeKind.GROUP, readers.id(), Permission.READ)));

        people.delete(OPERATOR, ada.id(), null);
        assertThat(grants.of(PAPERS)).extracting(CollectionGrant::kind).containsExactly(GranteeKind.GROUP);
        assertThat(groups.members(OPERATOR, readers.id())).isEmpty();
        groups.delete(OPERATOR, readers.id(), null);
        assertThat(grants.of(PAPERS)).isEmpty();
        assertThat(grants.isSet(PAPERS)).isTrue();
    }

    @Test
    void membership_holdsAtOnce_andThatOfAProviderIsNotEndedHere() {
        UserAccount ada = people.create(OPERATOR, "ada", null, null, Role.USER);
        Group readers = groups.create(OPERATOR, "Readers");
        assertThat(active.find(ada.id()).orElseThrow().groups()).isEmpty();

        groups.addMember(OPERATOR, readers.id(), ada.id());
        assertThat(active.find(ada.id()).orElseThrow().groups()).containsExactly(readers.id());
        assertThat(groups.get(OPERATOR, readers.id()).members()).isEqualTo(1);
        groups.removeMember(OPERATOR, readers.id(), ada.id());
        assertThat(active.find(ada.id()).orElseThrow().groups()).isEmpty();

        groupRepository.addMember(readers.id(), ada.id(), "https://id.example.org");
        refuses(ErrorCode.CONFLICT, () -> groups.removeMember(OPERATOR, readers.id(), ada.id()));
    }

    @Test
    void group_hasANameOfItsOwn() {
        Group readers = groups.create(OPERATOR, "Readers");
        groups.create(OPERATOR, "Writers");
        refuses(ErrorCode.CONFLICT, () -> groups.create(OPERATOR, "readers"));
        refuses(ErrorCode.CONFLICT, () -> groups.rename(OPERATOR, readers.id(), "WRITERS", null));
        assertThat(groups.rename(OPERATOR, readers.id(), "READERS", null).displayName())
                .isEqualTo("READERS");
        assertThat(groups.list(OPERATOR)).extracting(Group::name).containsExactly("readers", "writers");
    }

    @Test
    void changes_arePublishedForTheAuditLog() {
        UserAccount ada = people.create(OPERATOR, "ada", null, null, Role.USER);
        people.change(OPERATOR, ada.id(), new People.Change("Ada", "a@example.org", Role.ADMINISTRATOR, null), null);
        assertThat(events)
                .extracting(event -> ((AccountChanged) event).kind() + " " + ((AccountChanged) event).details())
                .containsExactly("CREATED user", "ROLE_CHANGED user to administrator", "CHANGED name or e-mail");
    }

    private static People.Change disabled() {
        return new People.Change(null, null, null, true);
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
