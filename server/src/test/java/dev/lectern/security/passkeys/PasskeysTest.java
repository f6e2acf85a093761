package dev.lectern.security.passkeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.signin.Browser;
import dev.lectern.security.signin.OneTimeLinks;
import dev.lectern.security.signin.OneTimeLinks.Purpose;
import dev.lectern.security.signin.SecondFactors;
import dev.lectern.security.signin.SignInThrottle;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Sha256;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Passkeys over HTTP, with an authenticator that makes real attestations and signatures. Each test has people of its own. */
@OnEveryDatabase
@SuppressWarnings("NullAway.Init") // Made once for each database.
@NeedsServer
class PasskeysTest {
    private static final Caller OPERATOR = new Caller.Operator("operator");
    private static final String PASSWORD = "correct horse battery staple";
    private static final String HOST = "docs.example.org";
    private static final String ORIGIN = "https://" + HOST;
    private static final String PASSKEYS = "/account/passkeys";
    private static final String SIGN_IN = "/session/passkey";

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestServer server;
    private static String hash = "";
    private static int people;

    PasskeysTest(DatabaseEngine databaseEngine) {}

    /** What the audit log gets. */
    static class SignInEvents {
        private static final List<SignInEvent> EVENTS = new CopyOnWriteArrayList<>();

        @EventListener
        void add(SignInEvent event) {
            EVENTS.add(event);
        }
    }

    @BeforeParameterizedClassInvocation
    static void start(DatabaseEngine databaseEngine) throws Exception {
        database = databaseEngine.open(folder);
        List<String> settings = new ArrayList<>(List.of(database.settings()));
        settings.add("lectern.http.trusted-proxies=127.0.0.1");
        settings.add("lectern.security.allowed-hosts=" + HOST + ",other.example.org");
        settings.add("lectern.rate-limit.requests=0");
        settings.add("lectern.rate-limit.sign-in-requests=0");
        server = TestServer.start(settings, SignInEvents.class);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @Test
    void passkey_isAdded_signsIn_isRenamedAndDeleted() throws Exception {
        UserAccount anna = person();
        Browser browser = signedIn(anna);
        HttpResponse<String> wrong = browser.send("POST", PASSKEYS + "/options", "{'password':'wrong horse battery'}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        JsonNode options = begin(browser);
        JsonNode publicKey = options.path("publicKey");
        assertThat(publicKey.path("rp").path("id").asString()).isEqualTo(HOST);
        assertThat(publicKey
                        .path("authenticatorSelection")
                        .path("userVerification")
                        .asString())
                .isEqualTo("required");
        assertThat(publicKey.path("authenticatorSelection").path("residentKey").asString())
                .isEqualTo("required");
        assertThat(publicKey.path("timeout").asInt()).isEqualTo(300_000);
        TestAuthenticator phone = new TestAuthenticator(ORIGIN, HOST);
        HttpResponse<String> created = add(browser, options, phone.create(publicKey), "Phone of Anna");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String id = Browser.json(created).path("id").asString();
        assertThat(add(browser, options, phone.create(publicKey), "Again").statusCode())
                .as("each challenge works once")
                .isEqualTo(410);
        assertThat(begin(browser)
                        .path("publicKey")
                        .path("excludeCredentials")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(phone.credentialId());

        Browser elsewhere = browser();
        JsonNode session = Browser.json(signIn(elsewhere, phone));
        assertThat(session.path("user").path("id").asString()).isEqualTo(anna.id());
        assertThat(session.path("passkeys").asBoolean()).isTrue();
        assertThat(elsewhere.cookie("__Host-lectern_browser")).isNotEmpty();
        String first = elsewhere.cookie("__Host-lectern_session");
        assertThat(signIn(elsewhere, phone).statusCode()).isEqualTo(200);
        assertThat(elsewhere.cookie("__Host-lectern_session")).isNotEqualTo(first);
        JsonNode item = items(elsewhere).get(0);
        assertThat(item.path("name").asString()).isEqualTo("Phone of Anna");
        assertThat(Instant.parse(item.path("lastUsedAt").asString()))
                .isAfterOrEqualTo(Instant.parse(item.path("createdAt").asString()));
        assertThat(Browser.json(elsewhere.get("/account/export"))
                        .path("passkeys")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("Phone of Anna");

        String path = PASSKEYS + "/" + id;
        Browser stranger = signedIn(person());
        assertThat(stranger.send("PATCH", path, "{'name':'Mine'}").statusCode()).isEqualTo(404);
        assertThat(stranger.send("DELETE", path, "{'password':'" + PASSWORD + "'}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(browser.send("PATCH", path, "{'name':'" + "x".repeat(101) + "'}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Browser.json(browser.send("PATCH", path, "{'name':'Old phone'}"))
                        .path("name")
                        .asString())
                .isEqualTo("Old phone");
        assertThat(browser.send("DELETE", path, "{'password':'wrong horse battery'}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(browser.send("DELETE", path, "{'password':'" + PASSWORD + "'}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(items(browser)).isEmpty();
        assertThat(signIn(browser(), phone).statusCode()).isEqualTo(401);
        assertThat(audited(anna)).contains("passkey.added", "passkey.renamed", "passkey.removed");
        assertThat(eventsOf(anna, Kind.SIGN_IN_SUCCEEDED)).contains("password", "passkey");
    }

    @Test
    void addingAPasskey_needsTheSecondFactor_andThenReplacesIt() throws Exception {
        UserAccount anna = person();
        Browser browser = signedIn(anna);
        SecondFactors factors = server.bean(SecondFactors.class);
        server.bean(UserRepository.class)
                .replaceSecondFactor(anna.id(), null, factors.create(anna).encrypted());
        HttpResponse<String> without = browser.send("POST", PASSKEYS + "/options", "{'password':'" + PASSWORD + "'}");
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.body()).contains("\"field\":\"code\"");
        String wrong = "{'password':'" + PASSWORD + "','code':'000000x'}";
        assertThat(browser.send("POST", PASSKEYS + "/options", wrong).statusCode())
                .isEqualTo(400);
        server.bean(JdbcClient.class)
                .sql("INSERT INTO recovery_code (user_account, hash) VALUES (?, ?)")
                .params(anna.id(), Sha256.hex("abcd"))
                .update();
        HttpResponse<String> with =
                browser.send("POST", PASSKEYS + "/options", "{'password':'" + PASSWORD + "','code':'ab-cd'}");
        assertThat(with.statusCode()).as(with.body()).isEqualTo(200);
        assertThat(eventsOf(anna, Kind.RECOVERY_CODE_USED)).hasSize(1);
        JsonNode options = Browser.json(with);
        TestAuthenticator phone = new TestAuthenticator(ORIGIN, HOST);
        assertThat(add(browser, options, phone.create(options.path("publicKey")), "Phone")
                        .statusCode())
                .isEqualTo(201);
        assertThat(browser().signIn(anna.name(), PASSWORD).body()).contains("second_factor_required");
        assertThat(signIn(browser(), phone).statusCode()).isEqualTo(200);
    }

    /** A sign-in that goes wrong, with what the audit log says of it. */
    private interface Attempt {
        HttpResponse<String> make() throws Exception;
    }

    @Test
    void hostileSignIns_areRefusedAlike_andAudited() throws Exception {
        UserAccount anna = person();
        TestAuthenticator phone = added(anna, "Phone");
        TestAuthenticator ofBert = added(person(), "Phone");
        phone.signatureCount = 7;
        assertThat(signIn(browser(), phone).statusCode()).isEqualTo(200);
        Map<String, Attempt> attempts = new LinkedHashMap<>();
        attempts.put("foreign origin", () -> {
            TestAuthenticator hostile = copy(phone);
            hostile.origin = "https://docs.example.org.attacker.example";
            return signIn(browser(), hostile);
        });
        attempts.put("foreign host name", () -> {
            TestAuthenticator hostile = copy(phone);
            hostile.rpId = "attacker.example";
            return signIn(browser(), hostile);
        });
        attempts.put("person not verified", () -> {
            TestAuthenticator hostile = copy(phone);
            hostile.isVerified = false;
            return signIn(browser(), hostile);
        });
        attempts.put("signature count went back", () -> {
            TestAuthenticator clone = copy(phone);
            clone.signatureCount = 7;
            return signIn(browser(), clone);
        });
        attempts.put("account of somebody else", () -> {
            TestAuthenticator hostile = copy(phone);
            hostile.userHandle = ofBert.userHandle;
            return signIn(browser(), hostile);
        });
        attempts.put("unknown passkey", () -> {
            TestAuthenticator unknown = new TestAuthenticator(ORIGIN, HOST);
            unknown.userHandle = phone.userHandle;
            return signIn(browser(), unknown);
        });
        attempts.put("wrong signature", () -> {
            JsonNode options = options(browser());
            String credential = phone.get(options.path("publicKey"));
            String signature =
                    parse(credential).path("response").path("signature").asString();
            String other = parse(ofBert.get(options.path("publicKey")))
                    .path("response")
                    .path("signature")
                    .asString();
            return signIn(browser(), options, credential.replace(signature, other));
        });
        attempts.put("foreign challenge", () -> {
            JsonNode options = options(browser());
            return signIn(browser(), options(browser()), phone.get(options.path("publicKey")));
        });
        attempts.put("challenge expired or used", () -> {
            JsonNode options = options(browser());
            server.bean(JdbcClient.class)
                    .sql("UPDATE passkey_challenge SET expires_at = ?")
                    .param(System.currentTimeMillis() - 1)
                    .update();
            return signIn(browser(), options, phone.get(options.path("publicKey")));
        });
        attempts.put("account disabled", () -> {
            server.bean(People.class).change(OPERATOR, anna.id(), new People.Change(null, null, null, true), null);
            phone.signatureCount = 20;
            return signIn(browser(), phone);
        });
        List<String> bodies = new ArrayList<>();
        for (Map.Entry<String, Attempt> attempt : attempts.entrySet()) {
            SignInEvents.EVENTS.clear();
            HttpResponse<String> refused = attempt.getValue().make();
            assertThat(refused.statusCode()).as(attempt.getKey()).isEqualTo(401);
            assertThat(refused.headers().allValues("Set-Cookie"))
                    .as(attempt.getKey())
                    .noneMatch(cookie -> cookie.contains("lectern_session") && !cookie.contains("Max-Age=0"));
            assertThat(SignInEvents.EVENTS)
                    .as(attempt.getKey())
                    .filteredOn(event -> event.kind() == Kind.SIGN_IN_FAILED)
                    .extracting(SignInEvent::details)
                    .containsExactly("passkey, " + attempt.getKey());
            bodies.add(refused.body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
        }
        assertThat(Set.copyOf(bodies)).as("equal answers").hasSize(1);
    }

    @Test
    void malformedCredentials_areRefused_andNoFaultOfTheServer() throws Exception {
        TestAuthenticator phone = added(person(), "Phone");
        String good = phone.get(options(browser()).path("publicKey"));
        JsonNode response = parse(good).path("response");
        for (String bad : List.of(
                "{}",
                "{'rawId':'AA'}",
                "{'rawId':7,'response':[]}",
                "{'rawId':'%%%','response':{}}",
                good.replace(response.path("clientDataJSON").asString(), "AAAA"),
                good.replace(response.path("clientDataJSON").asString(), "bnVsbA"),
                good.replace(response.path("authenticatorData").asString(), "AAAA"),
                good.replace(response.path("signature").asString(), ""))) {
            HttpResponse<String> refused = signIn(browser(), options(browser()), bad);
            assertThat(refused.statusCode()).as(bad + refused.body()).isEqualTo(401);
        }
        Browser browser = signedIn(person());
        for (String bad : List.of("{}", "{'rawId':'AA','response':{'attestationObject':'AAAA'}}", good)) {
            HttpResponse<String> refused = add(browser, begin(browser), bad, "Bad");
            assertThat(refused.statusCode()).as(bad + refused.body()).isEqualTo(400);
        }
        assertThat(browser.send("POST", SIGN_IN, "{'challengeId':'x'}").body()).contains("credential");
        assertThat(items(browser)).isEmpty();
    }

    @Test
    void hostilePasskeys_areNotAdded() throws Exception {
        UserAccount anna = person();
        Browser browser = signedIn(anna);
        TestAuthenticator hostile = new TestAuthenticator("https://attacker.example", HOST);
        JsonNode options = begin(browser);
        HttpResponse<String> foreign = add(browser, options, hostile.create(options.path("publicKey")), "Bad");
        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(foreign.body()).contains("foreign origin");
        hostile.origin = ORIGIN;
        hostile.isVerified = false;
        options = begin(browser);
        assertThat(add(browser, options, hostile.create(options.path("publicKey")), "Bad")
                        .statusCode())
                .isEqualTo(400);
        hostile.isVerified = true;
        options = begin(browser);
        Browser other = signedIn(anna);
        assertThat(add(other, options, hostile.create(options.path("publicKey")), "Bad")
                        .statusCode())
                .as("begun in another session")
                .isEqualTo(410);
        JsonNode ofSignIn = options(browser);
        assertThat(add(browser, ofSignIn, hostile.create(options.path("publicKey")), "Bad")
                        .statusCode())
                .as("begun without the password")
                .isEqualTo(410);
        TestAuthenticator known = added(person(), "Phone");
        options = begin(browser);
        assertThat(add(browser, options, known.create(options.path("publicKey")), "Bad")
                        .statusCode())
                .as("a passkey of somebody else")
                .isEqualTo(400);
        assertThat(items(browser)).isEmpty();
    }

    @Test
    void personHas20Passkeys_andNoMore() throws Exception {
        UserAccount anna = person();
        Browser browser = signedIn(anna);
        JsonNode begun = begin(browser);
        PasskeyRepository passkeys = server.bean(PasskeyRepository.class);
        for (int i = 0; i < Passkeys.MAX_PASSKEYS; i++) {
            String id = anna.id() + i;
            assertThat(passkeys.add(new StoredPasskey(
                            id,
                            id,
                            anna.id(),
                            "n",
                            new byte[1],
                            new byte[1],
                            Set.of(),
                            0,
                            false,
                            false,
                            Instant.now(),
                            null)))
                    .isTrue();
        }
        assertThat(begin(browser).path("code").asString()).isEqualTo("conflict");
        TestAuthenticator phone = new TestAuthenticator(ORIGIN, HOST);
        HttpResponse<String> refused = add(browser, begun, phone.create(begun.path("publicKey")), "One more");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("20 passkeys");
        assertThat(items(browser)).hasSize(20);
    }

    @Test
    void oneSignature_usedManyTimesAtOnce_signsInOnce() throws Exception {
        TestAuthenticator phone = added(person(), "Phone");
        JsonNode options = options(browser());
        String credential = phone.get(options.path("publicKey"));
        List<Future<HttpResponse<String>>> attempts = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                attempts.add(executor.submit(() -> signIn(browser(), options, credential)));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<HttpResponse<String>> attempt : attempts) {
            statuses.add(attempt.get().statusCode());
        }
        assertThat(statuses).containsOnlyOnce(200);
        JsonNode repeatable = options(browser());
        String signed = phone.get(repeatable.path("publicKey"));
        Browser repeating = browser().with("Idempotency-Key", "of-a-sign-in");
        assertThat(signIn(repeating, repeatable, signed).statusCode()).isEqualTo(200);
        assertThat(signIn(repeating, repeatable, signed).statusCode())
                .as("never repeated")
                .isEqualTo(401);
        assertThat(statuses.stream().filter(status -> status != 200)).containsOnly(401);
    }

    @Test
    void passkeys_stayAfterAPasswordReset_andGoWithTheAccount() throws Exception {
        UserAccount anna = person();
        TestAuthenticator phone = added(anna, "Phone");
        String link = server.bean(OneTimeLinks.class)
                .create(Purpose.PASSWORD_RESET, anna.id())
                .path();
        String reset = "{'token':'" + link.substring(link.indexOf('#') + 1) + "','password':'" + PASSWORD + " 2'}";
        assertThat(browser().send("POST", "/password-reset", reset).statusCode())
                .isEqualTo(204);
        Browser browser = browser();
        assertThat(signIn(browser, phone).statusCode()).isEqualTo(200);
        Browser administrator = signedIn(person(Role.ADMINISTRATOR));
        String all = "/users/" + anna.id() + "/passkeys";
        assertThat(browser.send("DELETE", all, "").statusCode()).isEqualTo(403);
        assertThat(administrator.send("DELETE", all, "").statusCode()).isEqualTo(204);
        assertThat(signIn(browser(), phone).statusCode()).isEqualTo(401);
        assertThat(audited(anna)).contains("passkey.removed");
        UserAccount bert = person();
        TestAuthenticator ofBert = added(bert, "Key");
        Browser leaving = browser();
        assertThat(signIn(leaving, ofBert).statusCode()).isEqualTo(200);
        HttpResponse<String> deleted = leaving.send("DELETE", "/account", "");
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
        assertThat(server.bean(PasskeyRepository.class).count(bert.id())).isZero();
        assertThat(signIn(browser(), ofBert).statusCode()).isEqualTo(401);
    }

    @Test
    void passkeys_belongToOneAddress_andNeedHttps() throws Exception {
        TestAuthenticator phone = added(person(), "Phone");
        Browser insecure = new Browser(server).with("X-Forwarded-Proto", "http").with("X-Forwarded-Host", HOST);
        HttpResponse<String> refused = insecure.send("POST", SIGN_IN + "/options", "");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("https_required", "http://docs.example.org");
        assertThat(Browser.json(insecure.get("/session")).path("passkeys").asBoolean(true))
                .isFalse();
        Browser other =
                new Browser(server).with("X-Forwarded-Proto", "https").with("X-Forwarded-Host", "other.example.org");
        assertThat(signIn(other, phone).statusCode())
                .as("a passkey of another address")
                .isEqualTo(401);
    }

    @Test
    void manyFailures_ofOneAddress_areThrottled_andOthersAreNot() throws Exception {
        TestAuthenticator phone = added(person(), "Phone");
        InetAddress client = InetAddress.getByName("198.51.100.77");
        ClientAddress address =
                new ClientAddress(client, client, false, false, new ExternalAddress("https", HOST, 443, ""));
        SignInThrottle throttle = server.bean(SignInThrottle.class);
        Browser there = browser().with("X-Forwarded-For", "198.51.100.77");
        for (int i = 0; i < 200; i++) {
            throttle.failPasskey(address);
        }
        assertThat(signIn(there, phone).statusCode()).isEqualTo(200);
        for (int i = 0; i < 300; i++) {
            throttle.failPasskey(address);
        }
        HttpResponse<String> refused = there.send("POST", SIGN_IN + "/options", "");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("sign in with your password");
        assertThat(signIn(browser(), phone).statusCode()).isEqualTo(200);
        assertThat(signedIn(person())
                        .with("X-Forwarded-For", "198.51.100.77")
                        .get("/account")
                        .statusCode())
                .isEqualTo(200);
    }

    /** A browser that has opened the server by its name, under HTTPS. */
    private static Browser browser() {
        return new Browser(server).with("X-Forwarded-Proto", "https").with("X-Forwarded-Host", HOST);
    }

    private static Browser signedIn(UserAccount user) throws Exception {
        Browser browser = browser();
        HttpResponse<String> response = browser.signIn(user.name(), PASSWORD);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return browser;
    }

    private static TestAuthenticator added(UserAccount user, String name) throws Exception {
        Browser browser = signedIn(user);
        TestAuthenticator authenticator = new TestAuthenticator(ORIGIN, HOST);
        JsonNode options = begin(browser);
        HttpResponse<String> created = add(browser, options, authenticator.create(options.path("publicKey")), name);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return authenticator;
    }

    /** Whoever has got hold of the key. */
    private static TestAuthenticator copy(TestAuthenticator original) throws Exception {
        TestAuthenticator copy = new TestAuthenticator(original);
        copy.signatureCount = original.signatureCount + 1;
        return copy;
    }

    private static JsonNode begin(Browser browser) throws Exception {
        return Browser.json(browser.send("POST", PASSKEYS + "/options", "{'password':'" + PASSWORD + "'}"));
    }

    private static HttpResponse<String> add(Browser browser, JsonNode options, String credential, String name)
            throws Exception {
        return browser.send(
                "POST",
                PASSKEYS,
                "{'challengeId':'" + options.path("challengeId").asString() + "','name':'" + name + "','credential':"
                        + credential + "}");
    }

    private static JsonNode options(Browser browser) throws Exception {
        return Browser.json(browser.send("POST", SIGN_IN + "/options", ""));
    }

    private static HttpResponse<String> signIn(Browser browser, TestAuthenticator authenticator) throws Exception {
        JsonNode options = options(browser);
        return signIn(browser, options, authenticator.get(options.path("publicKey")));
    }

    private static HttpResponse<String> signIn(Browser browser, JsonNode options, String credential) throws Exception {
        return browser.send(
                "POST",
                SIGN_IN,
                "{'challengeId':'" + options.path("challengeId").asString() + "','credential':" + credential + "}");
    }

    private static JsonNode parse(String json) {
        return JsonMapper.shared().readTree(json);
    }

    private static JsonNode items(Browser browser) throws Exception {
        return Browser.json(browser.get(PASSKEYS)).path("items");
    }

    private static List<String> audited(UserAccount user) {
        return server.bean(JdbcClient.class)
                .sql("SELECT action FROM audit_entry WHERE subject_id = ?")
                .param(user.id())
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static List<String> eventsOf(UserAccount user, Kind kind) {
        return SignInEvents.EVENTS.stream()
                .filter(event -> user.id().equals(event.userId()) && event.kind() == kind)
                .map(SignInEvent::details)
                .toList();
    }

    private static UserAccount person() {
        return person(Role.USER);
    }

    /** A person with the usual password. */
    private static UserAccount person(Role role) {
        UserAccount user = server.bean(People.class)
                .create(OPERATOR, "holder" + people++ + "." + database.engine(), null, null, role);
        if (hash.isEmpty()) {
            hash = String.valueOf(server.bean(PasswordEncoder.class).encode(PASSWORD));
        }
        server.bean(UserRepository.class).setPassword(user.id(), hash, Instant.now());
        return server.bean(UserRepository.class).find(user.id()).orElseThrow();
    }
}
