package dev.lectern.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.caching.AdjustableClock;
import dev.lectern.http.Page;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.CollectionGrant;
import dev.lectern.security.CollectionGrants;
import dev.lectern.security.EndUser;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.SecurityMode;
import dev.lectern.security.TestAccess;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.access.TestGrants;
import dev.lectern.security.accounts.AccountChanged;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.TestAccounts;
import dev.lectern.security.keys.ApiKeyChanged.Kind;
import dev.lectern.security.keys.ApiKeys.Change;
import dev.lectern.security.keys.ApiKeys.Expiry;
import dev.lectern.security.keys.ApiKeys.IssuedApiKey;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.Scope;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;

@OnEveryDatabase
@SuppressWarnings("NullAway.Init")
class ApiKeysTest {
    private static final Caller OPERATOR = TestAccess.OPERATOR;
    private static final CollectionId PAPERS = new CollectionId("papers");
    private static final CollectionId SECRETS = new CollectionId("secrets");
    private static final Set<Scope> ASK = Set.of(Scope.ASK);

    private final DatabaseEngine engine;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AdjustableClock clock = new AdjustableClock();
    private final List<Object> events = new ArrayList<>();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final AuditLog audit = new AuditLog() {
        @Override
        public void record(AuditEntry entry) {
            throw new IllegalStateException("Strangers can cause it as often as they like: " + entry);
        }

        @Override
        public void recordRepeated(AuditEntry entry) {
            audited.add(entry);
        }
    };
    private TestDatabase database;
    private TestAccounts accounts;
    private ApiKeyRepository repository;
    private CollectionAccess access;
    private ApiKeys keys;
    private ApiKeyAuthenticator authenticator;
    private Caller.User ada;

    ApiKeysTest(DatabaseEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void create(@TempDir Path folder) {
        database = engine.open(folder);
        AccessChanges changes = TestGrants.changes(database, executor);
        CollectionGrants grants = TestGrants.stored(SecurityMode.PRIVATE, database, changes);
        accounts = new TestAccounts(database, changes, grants, this::publish, clock);
        repository = new ApiKeyRepository(database.jdbc());
        access = new CollectionAccess(TestGrants.policy(grants));
        keys = new ApiKeys(
                repository,
                changes,
                access,
                Set.of(PAPERS, SECRETS)::contains,
                this::publish,
                new IdGenerator(clock, new SecureRandom()),
                clock);
        authenticator = authenticator(changes);
        ada = accounts.add("ada", Role.USER);
        grants.replace(SECRETS, List.of());
        grants.replace(PAPERS, List.of(new CollectionGrant(GranteeKind.USER, ada.id(), Permission.WRITE)));
        events.clear();
    }

    /** As the application does it: within the transaction, to those who listen. */
    private void publish(Object event) {
        events.add(event);
        if (event instanceof AccountChanged change) {
            keys.deleteKeys(change);
        }
    }

    private ApiKeyAuthenticator authenticator(AccessChanges changes) {
        return new ApiKeyAuthenticator(
                repository, accounts.active(changes), changes, new KeyUseRecorder(repository, executor), audit, clock);
    }

    @AfterEach
    void close() {
        executor.shutdownNow();
        executor.close();
        database.close();
    }

    @Test
    void lookup_ofAStoredId_findsItsCallerWithThePermissionsOfThePresent() {
        StoredCallerLookup lookup =
                new StoredCallerLookup(accounts.active(TestGrants.changes(database, executor)), repository, clock);
        String key = keys.create(ada, false, wanted("Ada's program", ASK)).key().id();

        assertThat(lookup.find(ada.id())).isEqualTo(ada);
        assertThat(lookup.find("operator").isAdministrator()).isTrue();
        assertThat(lookup.find("somebody")).isEqualTo(new Caller.Visitor("somebody"));
        for (String id : List.of(key, key + "/Bob/Jr")) {
            Caller found = lookup.find(id);
            assertThat(found.kind()).isEqualTo("api_key");
            assertThat(found.id()).isEqualTo(id);
            assertThat(access.isGranted(found, Permission.READ, PAPERS)).isTrue();
            assertThat(access.isGranted(found, Permission.READ, SECRETS)).isFalse();
        }
        keys.revoke(ada, key, null);
        assertThat(lookup.find(key + "/Bob").kind()).isEqualTo("visitor");
    }

    @Test
    void create_storesHashesOnly_andTheSecretLetsIn() {
        IssuedApiKey issued = keys.create(ada, false, wanted("Ada's program", ASK));

        assertThat(issued.secret()).matches("lect_[0-9A-Za-z]{38}");
        assertThat(issued.toString()).doesNotContain(issued.secret());
        assertThat(issued.key().secrets().getFirst().hint())
                .isEqualTo(issued.secret().substring(0, 9) + "…");
        assertThat(database.jdbc()
                        .sql("SELECT hash FROM api_key_secret")
                        .query(String.class)
                        .list())
                .hasSize(1)
                .noneMatch(hash -> hash.contains(issued.secret().substring(5, 20)));
        Caller.ApiKey caller = call(issued.secret());
        assertThat(caller.key()).isEqualTo(issued.key().id());
        assertThat(caller.scopes()).isEqualTo(ASK);
        assertThat(Objects.requireNonNull(caller.owner()).id()).isEqualTo(ada.id());
        assertThat(events).containsExactly(new ApiKeyChanged(ada, Kind.CREATED, issued.key(), "scopes ask"));
    }

    @Test
    void token_mistyped_isToldFromOneThatIsUnknown() {
        String secret = keys.create(ada, false, wanted("x", ASK)).secret();
        String mistyped = secret.substring(0, 10) + (secret.charAt(10) == 'a' ? 'b' : 'a') + secret.substring(11);
        assertThat(refusal(mistyped)).contains("mistyped");
        assertThat(refusal("lect_")).contains("mistyped");
        assertThat(refusal(secret + "x")).contains("mistyped");
        assertThat(refusal(ApiKeyToken.create(new SecureRandom()))).startsWith("No API key has this secret.");
        MockHttpServletRequest operators = new MockHttpServletRequest();
        operators.addHeader("Authorization", "Bearer abc");
        assertThat(authenticator.authenticate(operators)).isEmpty();
    }

    @Test
    void permissions_areThoseOfScopesOwnerAndCollections() {
        Caller.ApiKey reading =
                call(keys.create(ada, false, wanted("r", Set.of(Scope.READ))).secret());
        Caller.ApiKey managing =
                call(keys.create(ada, false, wanted("m", Set.of(Scope.MANAGE))).secret());
        Caller.ApiKey server = call(
                keys.create(OPERATOR, true, wanted("s", Set.of(Scope.MANAGE))).secret());
        Caller.ApiKey bound =
                call(keys.create(OPERATOR, true, new Change("b", Set.of(Scope.WRITE), Set.of(PAPERS), null))
                        .secret());

        assertThat(access.isGranted(reading, Permission.READ, PAPERS)).isTrue();
        assertThat(access.isGranted(reading, Permission.WRITE, PAPERS)).isFalse();
        assertThat(access.isGranted(managing, Permission.WRITE, PAPERS)).isTrue();
        assertThat(access.isGranted(managing, Permission.MANAGE, PAPERS)).isFalse();
        assertThat(access.isGranted(managing, Permission.READ, SECRETS)).isFalse();
        assertThat(access.isGranted(server, Permission.MANAGE, SECRETS)).isTrue();
        assertThat(access.isGranted(bound, Permission.WRITE, PAPERS)).isTrue();
        assertThat(access.isGranted(bound, Permission.READ, SECRETS)).isFalse();
    }

    @Test
    void create_refusesWhatTheCallerMayNotGive() {
        refuses(ErrorCode.FORBIDDEN, () -> keys.create(ada, false, wanted("x", Set.of(Scope.ADMIN))));
        refuses(ErrorCode.FORBIDDEN, () -> keys.create(ada, false, wanted("x", Set.of(Scope.METRICS))));
        refuses(ErrorCode.FORBIDDEN, () -> keys.create(ada, true, wanted("x", ASK)));
        refuses(ErrorCode.FORBIDDEN, () -> keys.create(new Caller.Visitor("v"), false, wanted("x", ASK)));
        refuses(ErrorCode.INVALID_REQUEST, () -> keys.create(ada, false, wanted("", ASK)));
        refuses(ErrorCode.INVALID_REQUEST, () -> keys.create(ada, false, wanted("x\u202e", ASK)));
        refuses(ErrorCode.INVALID_REQUEST, () -> keys.create(ada, false, wanted("x", Set.of())));
        refuses(ErrorCode.INVALID_REQUEST, () -> keys.create(ada, false, new Change(null, ASK, null, null)));
        refuses(ErrorCode.INVALID_REQUEST, () -> keys.create(ada, false, new Change("x", null, null, null)));
        for (CollectionId hidden : List.of(SECRETS, new CollectionId("none"))) {
            refuses(
                    ErrorCode.INVALID_REQUEST,
                    () -> keys.create(ada, false, new Change("x", ASK, Set.of(hidden), null)));
        }
        refuses(
                ErrorCode.INVALID_REQUEST,
                () -> keys.create(ada, false, new Change("x", ASK, null, new Expiry(clock.instant()))));
    }

    @Test
    void create_byAKeyForSomeCollections_isForTheseOnly() {
        Caller.ApiKey admin =
                call(keys.create(OPERATOR, true, new Change("a", Set.of(Scope.ADMIN, Scope.ASK), Set.of(PAPERS), null))
                        .secret());
        refuses(ErrorCode.FORBIDDEN, () -> keys.create(admin, true, new Change("x", ASK, Set.of(SECRETS), null)));
        refuses(ErrorCode.FORBIDDEN, () -> keys.create(admin, true, new Change("x", ASK, Set.of(), null)));
        IssuedApiKey made = keys.create(admin, true, wanted("x", ASK));
        assertThat(made.key().collections()).containsExactly(PAPERS);
        Caller.ApiKey asking = call(made.secret());
        refuses(ErrorCode.FORBIDDEN, () -> keys.list(asking, null, 10));
    }

    @Test
    void list_showsAPersonTheirOwnKeys_andAdministratorsAll() {
        IssuedApiKey own = keys.create(ada, false, wanted("own", ASK));
        IssuedApiKey other = keys.create(OPERATOR, true, wanted("other", ASK));

        assertThat(keys.list(ada, null, 10).items())
                .extracting(StoredApiKey::name)
                .containsExactly("own");
        Page<StoredApiKey> first = keys.list(OPERATOR, null, 1);
        assertThat(keys.list(OPERATOR, first.next(), 1).items()).hasSize(1);
        assertThat(keys.get(ada, own.key().id()).name()).isEqualTo("own");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> keys.get(ada, other.key().id()),
                () -> keys.change(ada, other.key().id(), wanted("mine", ASK), null),
                () -> keys.exchange(ada, other.key().id(), Duration.ZERO),
                () -> keys.revoke(ada, other.key().id(), null))) {
            refuses(ErrorCode.NOT_FOUND, call);
        }
    }

    @Test
    void keysOfAPerson_areLimited() {
        for (int i = 0; i < ApiKeys.MAX_OF_PERSON; i++) {
            keys.create(ada, false, wanted("key " + i, ASK));
        }
        refuses(ErrorCode.CONFLICT, () -> keys.create(ada, false, wanted("one more", ASK)));
        keys.revoke(ada, keys.list(ada, null, 1).items().getFirst().id(), null);
        assertThat(keys.create(ada, false, wanted("one more", ASK)).key().name())
                .isEqualTo("one more");
    }

    @Test
    void exchange_letsBothSecretsIn_untilTheOverlapIsOver() {
        IssuedApiKey issued = keys.create(ada, false, wanted("x", ASK));
        IssuedApiKey exchanged = keys.exchange(ada, issued.key().id(), Duration.ofHours(2));

        assertThat(exchanged.key().secrets()).hasSize(2);
        assertThat(call(issued.secret()).id())
                .isEqualTo(call(exchanged.secret()).id());
        IssuedApiKey third = keys.exchange(ada, issued.key().id(), Duration.ofHours(2));
        assertThat(third.key().secrets()).as("two secrets at most").hasSize(2);
        assertThat(refusal(issued.secret())).startsWith("No API key has this secret.");
        assertThat(call(exchanged.secret()).key()).isEqualTo(issued.key().id());
        clock.move(Duration.ofHours(3));
        assertThat(refusal(exchanged.secret())).contains("replaced by a newer one");
        assertThat(call(third.secret()).key()).isEqualTo(issued.key().id());
        IssuedApiKey fourth = keys.exchange(ada, issued.key().id(), Duration.ZERO);
        assertThat(fourth.key().secrets()).hasSize(1);
        assertThat(refusal(third.secret())).startsWith("No API key has this secret.");
        refuses(ErrorCode.INVALID_REQUEST, () -> keys.exchange(ada, issued.key().id(), Duration.ofHours(169)));
        assertThat(events).extracting(event -> ((ApiKeyChanged) event).kind()).contains(Kind.EXCHANGED);
    }

    @Test
    void expiredRevokedAndDisabled_areRefusedWithTheirReason() {
        Instant soon = clock.instant().plus(Duration.ofHours(1));
        IssuedApiKey expiring = keys.create(ada, false, new Change("e", ASK, null, new Expiry(soon)));
        IssuedApiKey revoked = keys.create(ada, false, wanted("r", ASK));
        IssuedApiKey valid = keys.create(ada, false, wanted("v", ASK));
        assertThat(call(expiring.secret()).scopes()).isEqualTo(ASK);
        assertThat(call(revoked.secret()).scopes()).isEqualTo(ASK);

        keys.revoke(ada, revoked.key().id(), null);
        clock.move(Duration.ofHours(2));
        assertThat(refusal(expiring.secret())).contains("expired at");
        assertThat(refusal(revoked.secret())).contains("was revoked");
        refuses(ErrorCode.NOT_FOUND, () -> keys.get(ada, revoked.key().id()));
        refuses(ErrorCode.CONFLICT, () -> keys.exchange(ada, expiring.key().id(), Duration.ZERO));
        keys.change(ada, expiring.key().id(), new Change(null, null, null, new Expiry(null)), null);
        assertThat(call(expiring.secret()).scopes()).isEqualTo(ASK);

        accounts.setDisabled(ada, true);
        assertThat(refusal(valid.secret())).contains("disabled");
        accounts.setDisabled(ada, false);
        assertThat(call(valid.secret()).scopes()).isEqualTo(ASK);
    }

    @Test
    void keysOfADeletedPerson_areDeleted() {
        String secret = keys.create(ada, false, wanted("x", ASK)).secret();
        accounts.delete(ada);
        assertThat(refusal(secret)).startsWith("No API key has this secret.");
        assertThat(keys.list(OPERATOR, null, 10).items()).isEmpty();
    }

    @Test
    void revocation_holdsOnAnotherNode() throws Exception {
        AccessChanges changes = TestGrants.started(database, executor);
        ApiKeyAuthenticator other = authenticator(changes);
        try {
            IssuedApiKey issued = keys.create(ada, false, wanted("x", ASK));
            assertThat(other.authenticate(request(issued.secret()))).isPresent();
            keys.revoke(ada, issued.key().id(), null);
            assertThat(isEventually(() -> isRefused(other, issued.secret()))).isTrue();
        } finally {
            changes.destroy();
        }
    }

    @Test
    void lastUse_isStoredOnceAMinute() throws Exception {
        IssuedApiKey issued = keys.create(ada, false, wanted("x", ASK));
        String id = issued.key().id();
        call(issued.secret());
        assertThat(isEventually(() -> keys.get(ada, id).lastUsedAt() != null)).isTrue();
        Instant first = Objects.requireNonNull(keys.get(ada, id).lastUsedAt());
        database.jdbc().sql("UPDATE api_key SET last_used_at = NULL").update();
        call(issued.secret());
        clock.move(Duration.ofMinutes(2));
        call(issued.secret());
        assertThat(isEventually(() -> keys.get(ada, id).lastUsedAt() != null)).isTrue();
        assertThat(keys.get(ada, id).lastUsedAt()).isAfter(first.plusSeconds(60));
    }

    @Test
    void change_raisesTheTag_andKeepsScopesThatOnlyAnAdministratorGave() {
        Caller.User chief = accounts.add("chief", Role.ADMINISTRATOR);
        IssuedApiKey issued = keys.create(chief, false, wanted("x", Set.of(Scope.ADMIN, Scope.ASK)));
        Caller.User former = new Caller.User(chief.id(), "chief", false, Set.of());
        String before = ApiKeys.tag(keys.get(former, issued.key().id()));
        keys.change(former, issued.key().id(), wanted("renamed", Set.of(Scope.ADMIN)), before);
        refuses(
                ErrorCode.PRECONDITION_FAILED,
                () -> keys.change(former, issued.key().id(), wanted("again", ASK), before));
        refuses(
                ErrorCode.FORBIDDEN,
                () -> keys.change(former, issued.key().id(), wanted("x", Set.of(Scope.METRICS)), null));
        assertThat(keys.get(former, issued.key().id()).name()).isEqualTo("renamed");
    }

    @Test
    void endUser_isReadFromTheHeader() {
        String secret = keys.create(ada, false, wanted("x", ASK)).secret();
        MockHttpServletRequest request = request(secret);
        request.addHeader(EndUser.HEADER, "J%C3%BCrgen%2F7");
        Caller caller = authenticator.authenticate(request).orElseThrow();
        assertThat(((Caller.ApiKey) caller).endUser()).isEqualTo("Jürgen/7");
        for (String wrong : List.of("", " x", "%", "a%0Ab", "x".repeat(129))) {
            MockHttpServletRequest malformed = request(secret);
            malformed.addHeader(EndUser.HEADER, wrong);
            refuses(ErrorCode.INVALID_REQUEST, () -> authenticator.authenticate(malformed));
        }
    }

    private static Change wanted(String name, Set<Scope> scopes) {
        return new Change(name, scopes, null, null);
    }

    @Test
    void refusedKeys_areInTheAuditLog_withTheKeyIfThereWasOne() {
        IssuedApiKey revoked = keys.create(ada, false, wanted("nightly", ASK));
        keys.revoke(ada, revoked.key().id(), null);
        String secret = revoked.secret();
        refusal(secret);
        refusal(secret.substring(0, secret.length() - 1));
        assertThat(audited)
                .allSatisfy(entry -> {
                    assertThat(entry.action()).isEqualTo(AuditAction.KEY_REJECTED);
                    assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.REFUSED);
                    assertThat(entry.toString()).doesNotContain(secret);
                })
                .extracting(entry -> String.valueOf(entry.subject()) + entry.details())
                .satisfiesExactly(
                        known -> assertThat(known).contains(revoked.key().id(), "nightly", "was revoked"),
                        unknown -> assertThat(unknown).contains("null", "checksum is wrong"));
    }

    private Caller.ApiKey call(String secret) {
        return (Caller.ApiKey) authenticator.authenticate(request(secret)).orElseThrow();
    }

    private String refusal(String secret) {
        try {
            return "let in: " + authenticator.authenticate(request(secret));
        } catch (LecternException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            return refused.clientMessage();
        }
    }

    private static boolean isRefused(ApiKeyAuthenticator node, String secret) {
        try {
            return node.authenticate(request(secret)).isEmpty();
        } catch (LecternException refused) {
            return refused.code() == ErrorCode.UNAUTHENTICATED;
        }
    }

    private static MockHttpServletRequest request(String secret) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Authorization", "Bearer " + secret);
        return request;
    }

    private static boolean isEventually(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    private static void refuses(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
