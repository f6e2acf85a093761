package dev.lectern.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.security.CollectionGrant;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.SecurityMode;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.Scope;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEveryDatabase
class CollectionGrantsTest {
    private static final CollectionId PAPERS = new CollectionId("papers");
    private static final CollectionId LETTERS = new CollectionId("letters");
    private static final Caller VISITOR = new Caller.Visitor("v");
    private static final Caller AT_KEYBOARD = new Caller.Visitor("v", true);
    private static final Caller.User ADA = new Caller.User("ada", "Ada", false, Set.of("readers"));
    private static final Caller.User BOB = new Caller.User("bob", "Bob", false, Set.of());
    private static final Caller.User ROOT = new Caller.User("root", "Root", true, Set.of());

    private final DatabaseEngine engine;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private TestDatabase database;
    private AccessChanges changes;
    private CollectionGrants grants;
    private CollectionAccessPolicy policy;

    CollectionGrantsTest(DatabaseEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void create(@TempDir Path folder) {
        database = engine.open(folder);
        changes = TestGrants.changes(database, executor);
        use(SecurityMode.PRIVATE);
        database.jdbc()
                .sql(
                        "INSERT INTO user_account (id, name, display_name, role, created_at) VALUES ('ada', 'ada', 'Ada', 'user', 0)")
                .update();
        database.jdbc()
                .sql(
                        "INSERT INTO user_group (id, name, display_name, created_at) VALUES ('readers', 'readers', 'Readers', 0)")
                .update();
    }

    @AfterEach
    void close() {
        changes.destroy();
        executor.close();
        database.close();
    }

    private void use(SecurityMode mode) {
        grants = TestGrants.stored(mode, database, changes);
        policy = TestGrants.policy(grants);
    }

    @Test
    void openServer_letsEverybodyWrite_andAdministratorsManage() {
        use(SecurityMode.OPEN);
        assertThat(highest(VISITOR, PAPERS)).isEqualTo(Permission.WRITE);
        assertThat(highest(BOB, PAPERS)).isEqualTo(Permission.WRITE);
        assertThat(highest(AT_KEYBOARD, PAPERS)).isEqualTo(Permission.MANAGE);
        assertThat(highest(ROOT, PAPERS)).isEqualTo(Permission.MANAGE);
        assertThat(policy.isCreationGranted(VISITOR)).isFalse();
        assertThat(policy.isCreationGranted(AT_KEYBOARD)).isTrue();
        assertThat(grants.isAnyPublic()).isTrue();
    }

    @Test
    void privateServer_letsPeopleRead_andVisitorsNothing() {
        assertThat(highest(VISITOR, PAPERS)).isNull();
        assertThat(highest(BOB, PAPERS)).isEqualTo(Permission.READ);
        assertThat(highest(ROOT, PAPERS)).isEqualTo(Permission.MANAGE);
        assertThat(policy.isCreationGranted(BOB)).isTrue();
        assertThat(grants.isAnyPublic()).isFalse();
    }

    @Test
    void setGrants_replaceThoseOfTheMode_onThisCollectionOnly() {
        grants.replace(
                PAPERS,
                List.of(
                        new CollectionGrant(GranteeKind.EVERYONE, "", Permission.READ),
                        new CollectionGrant(GranteeKind.USER, "ada", Permission.MANAGE)));
        assertThat(highest(VISITOR, PAPERS)).isEqualTo(Permission.READ);
        assertThat(highest(BOB, PAPERS)).isEqualTo(Permission.READ);
        assertThat(highest(ADA, PAPERS)).isEqualTo(Permission.MANAGE);
        assertThat(highest(VISITOR, LETTERS)).isNull();
        assertThat(grants.isAnyPublic()).isTrue();

        grants.replace(PAPERS, List.of(new CollectionGrant(GranteeKind.GROUP, "readers", Permission.WRITE)));
        assertThat(highest(ADA, PAPERS)).isEqualTo(Permission.WRITE);
        assertThat(highest(BOB, PAPERS)).isNull();
        assertThat(highest(VISITOR, PAPERS)).isNull();

        grants.replace(PAPERS, List.of());
        assertThat(highest(ADA, PAPERS)).isNull();
        assertThat(highest(ROOT, PAPERS)).isEqualTo(Permission.MANAGE);
        grants.delete(PAPERS);
        assertThat(highest(BOB, PAPERS)).isEqualTo(Permission.READ);
    }

    @Test
    void collectionOfAPerson_isTheirsAlone_whileNobodySharesIt() {
        grants.grantToCreator(ADA, PAPERS);
        assertThat(highest(ADA, PAPERS)).isEqualTo(Permission.MANAGE);
        assertThat(highest(BOB, PAPERS)).isNull();
        CollectionId madeByKey = new CollectionId("made-by-key");
        grants.grantToCreator(key(Set.of(Scope.MANAGE), Set.of(), ADA), madeByKey);
        assertThat(highest(ADA, madeByKey)).isEqualTo(Permission.MANAGE);
        assertThat(highest(BOB, madeByKey)).isNull();

        use(SecurityMode.OPEN);
        grants.grantToCreator(ADA, LETTERS);
        assertThat(highest(ADA, LETTERS)).isEqualTo(Permission.MANAGE);
        assertThat(highest(VISITOR, LETTERS)).isEqualTo(Permission.WRITE);
        CollectionId madeByVisitor = new CollectionId("made-by-visitor");
        grants.grantToCreator(AT_KEYBOARD, madeByVisitor);
        assertThat(grants.isSet(madeByVisitor)).isFalse();
    }

    @Test
    void key_hasWhatItsScopesAndItsOwnerHave() {
        grants.replace(PAPERS, List.of(new CollectionGrant(GranteeKind.USER, "ada", Permission.WRITE)));

        assertThat(highest(key(Set.of(Scope.MANAGE), Set.of(), ADA), PAPERS)).isEqualTo(Permission.WRITE);
        assertThat(highest(key(Set.of(Scope.ASK), Set.of(), ADA), PAPERS)).isEqualTo(Permission.READ);
        assertThat(highest(key(Set.of(Scope.METRICS), Set.of(), ADA), PAPERS)).isNull();
        assertThat(highest(key(Set.of(Scope.WRITE), Set.of(LETTERS), ADA), PAPERS))
                .isNull();
        assertThat(highest(key(Set.of(Scope.WRITE), Set.of(), BOB), PAPERS)).isNull();
        assertThat(highest(key(Set.of(Scope.MANAGE), Set.of(PAPERS), null), PAPERS))
                .isEqualTo(Permission.MANAGE);
        assertThat(highest(key(Set.of(Scope.MANAGE), Set.of(PAPERS), null), LETTERS))
                .isNull();
        assertThat(policy.isCreationGranted(key(Set.of(Scope.WRITE), Set.of(), null)))
                .isFalse();
        assertThat(policy.isCreationGranted(key(Set.of(Scope.MANAGE), Set.of(PAPERS), null)))
                .isFalse();
        assertThat(policy.isCreationGranted(key(Set.of(Scope.MANAGE), Set.of(), null)))
                .isTrue();
    }

    @Test
    void key_isAnAdministrator_onlyByItsScopeAndItsOwner() {
        assertThat(key(Set.of(Scope.ADMIN), Set.of(), null).isAdministrator()).isTrue();
        assertThat(key(Set.of(Scope.ADMIN), Set.of(), ROOT).isAdministrator()).isTrue();
        assertThat(key(Set.of(Scope.ADMIN), Set.of(), ADA).isAdministrator()).isFalse();
        assertThat(key(Set.of(Scope.MANAGE), Set.of(), ROOT).isAdministrator()).isFalse();
    }

    @Test
    void replace_refusesWhatCannotBe_andKeepsWhatWas() {
        CollectionGrant ada = new CollectionGrant(GranteeKind.USER, "ada", Permission.READ);
        grants.replace(PAPERS, List.of(ada));

        refuses(List.of(new CollectionGrant(GranteeKind.USER, "nobody", Permission.READ)));
        refuses(List.of(new CollectionGrant(GranteeKind.GROUP, "ada", Permission.READ)));
        refuses(List.of(ada, new CollectionGrant(GranteeKind.USER, "ada", Permission.WRITE)));
        refuses(Collections.nCopies(CollectionGrants.MAX_GRANTS + 1, ada));
        assertThat(grants.of(PAPERS)).containsExactly(ada);
    }

    @Test
    void changeOnOneNode_holdsOnAnother() {
        AccessChanges others = TestGrants.changes(database, executor);
        CollectionGrants other = TestGrants.stored(SecurityMode.PRIVATE, database, others);
        try {
            others.start();
            assertThat(other.isSet(PAPERS)).isFalse();
            grants.replace(PAPERS, List.of());
            await().atMost(Duration.ofSeconds(60)).until(() -> other.isSet(PAPERS));
        } finally {
            others.destroy();
        }
    }

    @Test
    void rolledBackChange_isNotRemembered() {
        database.transactions().executeWithoutResult(transaction -> {
            grants.replace(PAPERS, List.of());
            transaction.setRollbackOnly();
        });
        assertThat(grants.isSet(PAPERS)).isFalse();
    }

    private static Caller.ApiKey key(Set<Scope> scopes, Set<CollectionId> collections, Caller.@Nullable User owner) {
        return new Caller.ApiKey("key", null, scopes, collections, owner);
    }

    private @Nullable Permission highest(Caller caller, CollectionId collection) {
        Permission highest = null;
        for (Permission permission : Permission.values()) {
            if (policy.isGranted(caller, permission, collection)) {
                highest = permission;
            }
        }
        return highest;
    }

    private void refuses(List<CollectionGrant> wanted) {
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> grants.replace(PAPERS, wanted))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
}
