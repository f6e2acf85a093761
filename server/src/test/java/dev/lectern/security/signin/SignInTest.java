package dev.lectern.security.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.http.ClientAddress;
import dev.lectern.http.ExternalAddress;
import dev.lectern.security.SecretCipher;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.signin.OneTimeLinks.Purpose;
import dev.lectern.shared.Caller;
import dev.lectern.shared.Sha256;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import dev.lecterntest.HttpTestApi;
import jakarta.servlet.http.Cookie;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Signing in over HTTP. Each test has people of its own. */
@OnEveryDatabase
@SuppressWarnings("NullAway.Init") // Made once for each database.
@NeedsServer
class SignInTest {
    private static final Caller OPERATOR = new Caller.Operator("operator");
    private static final String PASSWORD = "correct horse battery staple";
    private static final String CALLER = "/test/caller";

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestServer server;
    private static String hash = "";
    private static int people;

    SignInTest(DatabaseEngine databaseEngine) {}

    @BeforeParameterizedClassInvocation
    static void start(DatabaseEngine databaseEngine) throws Exception {
        database = databaseEngine.open(folder);
        List<String> settings = new ArrayList<>(List.of(database.settings()));
        settings.add("lectern.http.trusted-proxies=127.0.0.1");
        settings.add("lectern.security.allowed-hosts=docs.example.org");
        settings.add("lectern.rate-limit.requests=0");
        settings.add("lectern.rate-limit.sign-in-requests=0");
        server = TestServer.start(settings, HttpTestApi.class);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        server.close();
        database.close();
    }

    @Test
    void firstAdministrator_of50RedemptionsAtOnce_isExactlyOne() throws Exception {
        JdbcClient jdbc = server.bean(JdbcClient.class);
        AccessChanges changes = server.bean(AccessChanges.class);
        changes.make(() -> jdbc.sql("UPDATE user_account SET role = 'user'").update());
        assertThat(Browser.json(new Browser(server).get("/session"))
                        .path("needsSetup")
                        .asBoolean())
                .isTrue();
        String link =
                server.bean(FirstAdministrator.class).createLink().orElseThrow().path();
        assertThat(link).startsWith("/setup#");
        String token = link.substring(link.indexOf('#') + 1);
        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
        assertThat(jdbc.sql("SELECT hash FROM one_time_link")
                        .query(String.class)
                        .list())
                .contains(Sha256.hex(token))
                .doesNotContain(token);
        assertThat(setUp(token, "first", "short").statusCode()).isEqualTo(400);
        List<Future<HttpResponse<String>>> attempts = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String name = "first" + i;
                attempts.add(executor.submit(() -> setUp(token, name, PASSWORD)));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<HttpResponse<String>> attempt : attempts) {
            statuses.add(attempt.get().statusCode());
        }
        assertThat(statuses).hasSize(50).containsOnlyOnce(201);
        assertThat(statuses.stream().filter(status -> status != 201))
                .allMatch(status -> status == 410 || status == 503);
        assertThat(server.bean(UserRepository.class).countActiveAdministrators())
                .isOne();
        assertThat(server.bean(FirstAdministrator.class).createLink()).isEmpty();
        assertThat(setUp(token, "late", PASSWORD).statusCode()).isEqualTo(410);
    }

    @Test
    void browserOfManyPeople_isKnownForTheLast20OfThem() {
        KnownBrowsers browsers = server.bean(KnownBrowsers.class);
        Map<String, Cookie> jar = new LinkedHashMap<>();
        for (int person = 0; person < 25; person++) {
            long before = System.currentTimeMillis();
            while (System.currentTimeMillis() == before) {
                Thread.onSpinWait(); // People are told apart by the millisecond.
            }
            MockHttpServletResponse response = new MockHttpServletResponse();
            browsers.remember("person" + person, requestWith(jar), response);
            for (Cookie cookie : response.getCookies()) {
                jar.remove(cookie.getName());
                if (cookie.getMaxAge() != 0) {
                    jar.put(cookie.getName(), cookie);
                }
            }
        }
        assertThat(jar).hasSize(KnownBrowsers.MAX_PEOPLE);
        assertThat(browsers.find("person24", requestWith(jar))).isPresent();
        assertThat(browsers.find("person5", requestWith(jar))).isPresent();
        assertThat(browsers.find("person4", requestWith(jar))).isEmpty();
    }

    private static MockHttpServletRequest requestWith(Map<String, Cookie> jar) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setCookies(jar.values().toArray(Cookie[]::new));
        return request;
    }

    private static HttpResponse<String> setUp(String token, String name, String password) throws Exception {
        return new Browser(server)
                .send(
                        "POST",
                        "/setup",
                        "{'token':'" + token + "','name':'" + name + "','password':'" + password + "'}");
    }

    @Test
    void signIn_makesTheCallerThePerson_andAHashInTheDatabase() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        assertThat(Browser.json(browser.get("/session")).has("user")).isFalse();
        HttpResponse<String> response = browser.signIn(anna.name().toUpperCase(Locale.ROOT), PASSWORD);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode session = Browser.json(response);
        assertThat(session.path("user").path("id").asString()).isEqualTo(anna.id());
        assertThat(session.path("csrfToken").asString()).isNotEmpty();
        assertThat(response.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("lectern_session_" + server.port() + "=")
                        && cookie.contains("HttpOnly")
                        && cookie.contains("SameSite=Lax")
                        && cookie.contains("Path=/"));
        String token = browser.cookie("lectern_session");
        assertThat(server.bean(JdbcClient.class)
                        .sql("SELECT session_id FROM user_session WHERE principal_name = ?")
                        .param(anna.id())
                        .query(String.class)
                        .single())
                .isEqualTo(Sha256.hex(token));
        assertThat(browser.get(CALLER).body()).contains("User").contains(anna.id());
        assertThat(browser.get(CALLER).headers().allValues("Set-Cookie")).isEmpty();
        assertThat(server.bean(UserRepository.class)
                        .find(anna.id())
                        .orElseThrow()
                        .signedInAt())
                .isNotNull();
    }

    @Test
    void signIn_underHttpsAndAPath_hasACookieOfTheHostAlone() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server)
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "docs.example.org")
                .with("X-Forwarded-Prefix", "/a/lectern");
        HttpResponse<String> response = browser.signIn(anna.name(), PASSWORD);
        assertThat(response.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("__Host-lectern_session_443_a_lectern=")
                        && cookie.contains("; Secure")
                        && cookie.contains("Path=/;")
                        && !cookie.contains("Domain"));
        assertThat(browser.get(CALLER).body()).contains(anna.id());
    }

    @Test
    void changes_needTheCsrfToken_andSayHowToGetIt() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        browser.signIn(anna.name(), PASSWORD);
        HttpResponse<String> with = browser.send("PATCH", "/account", "{'displayName':'Anna A.'}");
        assertThat(with.statusCode()).as(with.body()).isEqualTo(200);
        browser.forgetCsrfToken();
        HttpResponse<String> without = browser.send("PATCH", "/account", "{'displayName':'Stranger'}");
        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(without.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(without.body()).contains("X-CSRF-Token").contains("csrfToken");
        assertThat(browser.send("DELETE", "/session", "").statusCode()).isEqualTo(403);
        Browser other = new Browser(server);
        other.signIn(anna.name(), PASSWORD);
        String foreign = Browser.json(other.get("/session")).path("csrfToken").asString();
        browser.with("X-CSRF-Token", foreign);
        assertThat(browser.send("PATCH", "/account", "{'displayName':'Stranger'}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(Browser.json(browser.get("/account")).path("displayName").asString())
                .isEqualTo("Anna A.");
    }

    @Test
    void signOut_endsTheSession_andASignInBeginsAnother() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        browser.signIn(anna.name(), PASSWORD);
        String first = browser.cookie("lectern_session");
        browser.signIn(anna.name(), PASSWORD);
        String second = browser.cookie("lectern_session");
        assertThat(second).isNotEqualTo(first);
        assertThat(callerOf(first)).doesNotContain(anna.id());
        assertThat(browser.send("DELETE", "/session", "").statusCode()).isEqualTo(204);
        assertThat(browser.cookie("lectern_session")).isEmpty();
        assertThat(callerOf(second)).doesNotContain(anna.id());
        Browser stale = withSession(second);
        HttpResponse<String> change = stale.send("PATCH", "/account", "{'displayName':'x'}");
        assertThat(change.statusCode()).isEqualTo(401);
        assertThat(change.body()).contains("Your session is over");
        assertThat(stale.cookie("lectern_session")).isEmpty();
    }

    /** The request still remembers who had signed in when the stream began. */
    @Test
    void signOut_endsTheStreamsOfTheSession() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        browser.signIn(anna.name(), PASSWORD);
        HttpRequest.Builder silence = server.request("/api/v1/test/silence");
        browser.cookies().forEach((name, value) -> silence.header("Cookie", name + "=" + value));
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream stream = client.send(silence.build(), BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(browser.send("DELETE", "/session", "").statusCode()).isEqualTo(204);
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("event: failed", "Your session is over");
        }
    }

    @Test
    void wrongPasswordAndUnknownName_getTheSameAnswer() throws Exception {
        UserAccount anna = person();
        UserAccount disabled = person();
        server.bean(People.class).change(OPERATOR, disabled.id(), new People.Change(null, null, null, true), null);
        UserAccount withoutPassword =
                server.bean(People.class).create(OPERATOR, "nopassword" + people++, null, null, Role.USER);
        List<String> bodies = new ArrayList<>();
        for (String name : List.of(anna.name(), "nobody" + people++, disabled.name(), withoutPassword.name())) {
            HttpResponse<String> refused = new Browser(server).signIn(name, "wrong horse battery staple");
            assertThat(refused.statusCode()).isEqualTo(401);
            bodies.add(refused.body().replaceAll("\"requestId\":\"[^\"]*\"", ""));
        }
        assertThat(bodies.stream().distinct()).hasSize(1);
        assertThat(new Browser(server).signIn(disabled.name(), PASSWORD).statusCode())
                .isEqualTo(401);
    }

    @Test
    void passwordChange_endsOtherSessions_andKeepsThisOne() throws Exception {
        UserAccount anna = person();
        Browser here = new Browser(server);
        Browser there = new Browser(server);
        here.signIn(anna.name(), PASSWORD);
        there.signIn(anna.name(), PASSWORD);
        String next = "another horse battery staple";
        assertThat(changePassword(here, "wrong password of hers", next).statusCode())
                .isEqualTo(400);
        for (String bad : List.of("short", "password123456", "x".repeat(201), anna.name() + " horse staple")) {
            HttpResponse<String> refused = changePassword(here, PASSWORD, bad);
            assertThat(refused.statusCode()).as(bad).isEqualTo(400);
            assertThat(refused.body()).contains("\"field\":\"password\"").doesNotContain("horse staple");
        }
        assertThat(changePassword(here, PASSWORD, next).statusCode()).isEqualTo(204);
        assertThat(here.get(CALLER).body()).contains(anna.id());
        assertThat(there.get(CALLER).body()).doesNotContain(anna.id());
        assertThat(new Browser(server).signIn(anna.name(), PASSWORD).statusCode())
                .isEqualTo(401);
        assertThat(new Browser(server).signIn(anna.name(), next).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> changePassword(Browser browser, String current, String next) throws Exception {
        return browser.send("PUT", "/account/password", "{'current':'" + current + "','password':'" + next + "'}");
    }

    @Test
    void sessions_areListed_andRevoked_andAllEndWithTheAccount() throws Exception {
        UserAccount anna = person();
        Browser here = new Browser(server).with("User-Agent", "Here/1");
        Browser there = new Browser(server).with("User-Agent", "There/2").with("X-Forwarded-For", "192.0.2.7");
        here.signIn(anna.name(), PASSWORD);
        there.signIn(anna.name(), PASSWORD);
        JsonNode items = Browser.json(here.get("/account/sessions")).path("items");
        assertThat(items).hasSize(2);
        JsonNode other = items.get(0).path("isCurrent").asBoolean() ? items.get(1) : items.get(0);
        assertThat(other.path("address").asString()).isEqualTo("192.0.2.7");
        assertThat(other.path("userAgent").asString()).isEqualTo("There/2");
        Browser stranger = new Browser(server);
        stranger.signIn(person().name(), PASSWORD);
        String path = "/account/sessions/" + other.path("id").asString();
        assertThat(stranger.send("DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(there.get(CALLER).body()).contains(anna.id());
        assertThat(here.send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(there.get(CALLER).body()).doesNotContain(anna.id());
        assertThat(here.get(CALLER).body()).contains(anna.id());
        server.bean(People.class).change(OPERATOR, anna.id(), new People.Change(null, null, null, true), null);
        assertThat(here.get(CALLER).body()).doesNotContain(anna.id());
        assertThat(count("user_session WHERE principal_name = '" + anna.id() + "'"))
                .isZero();
    }

    @Test
    void idleAndOldSessions_areOver_andDeletedWithTheirAttributes() throws Exception {
        UserAccount anna = person();
        JdbcClient jdbc = server.bean(JdbcClient.class);
        long now = System.currentTimeMillis();
        for (String change : List.of(
                "last_access_time = " + (now - 13 * 3_600_000L) + ", expiry_time = " + (now - 3_600_000L),
                "creation_time = " + (now - 15 * 86_400_000L))) {
            Browser browser = new Browser(server);
            browser.signIn(anna.name(), PASSWORD);
            assertThat(browser.get(CALLER).body()).contains(anna.id());
            assertThat(jdbc.sql("UPDATE user_session SET " + change + " WHERE session_id = ?")
                            .param(Sha256.hex(browser.cookie("lectern_session")))
                            .update())
                    .isOne();
            assertThat(server.bean(UserSessions.class).list(anna.id())).isEmpty();
            assertThat(browser.get(CALLER).body()).doesNotContain(anna.id());
        }
        assertThat(server.bean(UserSessions.class).deleteExpired()).isGreaterThanOrEqualTo(2);
        assertThat(count("user_session WHERE principal_name = '" + anna.id() + "'"))
                .isZero();
        assertThat(
                        count(
                                "user_session_attributes WHERE session_primary_id NOT IN (SELECT primary_id FROM user_session)"))
                .isZero();
    }

    @Test
    void secondFactor_isNeeded_andEachCodeWorksOnce() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        browser.signIn(anna.name(), PASSWORD);
        assertThat(browser.send("POST", "/account/second-factor", "{'password':'wrong horse battery'}")
                        .statusCode())
                .isEqualTo(400);
        JsonNode created =
                Browser.json(browser.send("POST", "/account/second-factor", "{'password':'" + PASSWORD + "'}"));
        String secret = created.path("secret").asString();
        assertThat(created.path("uri").asString())
                .startsWith("otpauth://totp/Lectern:")
                .contains(secret);
        String wrong = codeAt(secret, Instant.now().minusSeconds(3_600));
        assertThat(browser.send("POST", "/account/second-factor/confirmation", "{'code':'" + wrong + "'}")
                        .statusCode())
                .isEqualTo(400);
        Instant now = Instant.now();
        JsonNode codes = Browser.json(browser.send(
                        "POST", "/account/second-factor/confirmation", "{'code':'" + codeAt(secret, now) + "'}"))
                .path("recoveryCodes");
        assertThat(codes).hasSize(10);
        String stored = Objects.requireNonNull(
                server.bean(UserRepository.class).find(anna.id()).orElseThrow().secondFactor());
        assertThat(stored).doesNotContain(secret);
        assertThat(server.bean(SecretCipher.class).decrypt(stored, "second_factor:" + anna.id()))
                .startsWith(secret);

        HttpResponse<String> without = new Browser(server).signIn(anna.name(), PASSWORD);
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(Browser.json(without).path("code").asString()).isEqualTo("second_factor_required");
        assertThat(signInWith(anna, codeAt(secret, now)))
                .as("used for the confirmation")
                .isEqualTo(401);
        String next = codeAt(secret, now.plusSeconds(30));
        assertThat(signInWith(anna, next)).isEqualTo(200);
        assertThat(signInWith(anna, next)).isEqualTo(401);
        String recovery = codes.get(0).asString();
        assertThat(signInWith(anna, recovery.toUpperCase(Locale.ROOT))).isEqualTo(200);
        assertThat(signInWith(anna, recovery)).isEqualTo(401);
        assertThat(Browser.json(browser.get("/account")).path("recoveryCodes").asInt())
                .isEqualTo(9);
        String byOthers = "/users/" + anna.id() + "/second-factor";
        assertThat(browser.send("DELETE", byOthers, "").statusCode()).isEqualTo(403);
        String proof = "{'password':'" + PASSWORD + "'";
        for (String[] method :
                new String[][] {{"DELETE", "/account/second-factor"}, {"POST", "/account/second-factor"}}) {
            assertThat(browser.send(method[0], method[1], proof + "}").statusCode())
                    .as("no code")
                    .isEqualTo(400);
            assertThat(browser.send(method[0], method[1], proof + ",'code':'" + next + "'}")
                            .statusCode())
                    .as("used before")
                    .isEqualTo(400);
        }
        assertThat(browser.send(
                                "DELETE",
                                "/account/second-factor",
                                proof + ",'code':'" + codes.get(1).asString() + "'}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(new Browser(server).signIn(anna.name(), PASSWORD).statusCode())
                .isEqualTo(200);
        assertThat(count("recovery_code WHERE user_account = '" + anna.id() + "'"))
                .isZero();
    }

    @Test
    void secondFactor_ofAnAppWithSha256_worksWithNothingElse() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        browser.signIn(anna.name(), PASSWORD);
        JsonNode created =
                Browser.json(browser.send("POST", "/account/second-factor", "{'password':'" + PASSWORD + "'}"));
        String secret = created.path("secret").asString();
        assertThat(created.path("uri").asString()).endsWith("&algorithm=SHA256");
        Instant now = Instant.now();
        assertThat(browser.send(
                                "POST",
                                "/account/second-factor/confirmation",
                                "{'code':'" + codeAt(secret, now, "HmacSHA256") + "'}")
                        .statusCode())
                .isEqualTo(200);
        Instant next = now.plusSeconds(30);
        assertThat(signInWith(anna, codeAt(secret, next))).isEqualTo(401);
        assertThat(signInWith(anna, codeAt(secret, next, "HmacSHA256"))).isEqualTo(200);
    }

    @Test
    void secondFactor_ofALostKey_isSaid_andRecoveryCodesWork() throws Exception {
        UserAccount anna = person();
        SecondFactors secondFactors = server.bean(SecondFactors.class);
        UserRepository users = server.bean(UserRepository.class);
        String ofAnotherKey = secondFactors.create(anna).encrypted().replaceFirst("^v1:[0-9a-f]{8}:", "v1:00000000:");
        users.replaceSecondFactor(anna.id(), null, ofAnotherKey);
        String recovery = secondFactors.addRecoveryCodes(anna.id()).getFirst();

        HttpResponse<String> refused = new Browser(server)
                .send(
                        "POST",
                        "/session",
                        "{'name':'" + anna.name() + "','password':'" + PASSWORD + "','code':'123456'}");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(Browser.json(refused).path("code").asString()).isEqualTo("sign_in_unavailable");
        assertThat(refused.body()).contains("recovery").doesNotContain("LECTERN_");
        assertThat(signInWith(anna, recovery)).isEqualTo(200);
    }

    private static int signInWith(UserAccount user, String code) throws Exception {
        return new Browser(server)
                .send(
                        "POST",
                        "/session",
                        "{'name':'" + user.name() + "','password':'" + PASSWORD + "','code':'" + code + "'}")
                .statusCode();
    }

    private static String codeAt(String secret, Instant time) throws Exception {
        return codeAt(secret, time, "HmacSHA1");
    }

    private static String codeAt(String secret, Instant time, String algorithm) throws Exception {
        return new TimeBasedOneTimePasswordGenerator(Duration.ofSeconds(30), 6, algorithm)
                .generateOneTimePasswordString(new SecretKeySpec(Base32.decode(secret), algorithm), time);
    }

    @Test
    void link_setsAPasswordOnce_andEndsSessions() throws Exception {
        UserAccount anna = person();
        Browser old = new Browser(server);
        old.signIn(anna.name(), PASSWORD);
        OneTimeLinks links = server.bean(OneTimeLinks.class);
        String former = tokenOf(links.create(Purpose.PASSWORD_RESET, anna.id()).path());
        String token = tokenOf(links.create(Purpose.PASSWORD_RESET, anna.id()).path());
        String next = "third horse battery staple";
        assertThat(reset(former, next)).as("replaced by a later link").isEqualTo(410);
        assertThat(reset(token, "short")).isEqualTo(400);
        assertThat(reset(token, next)).isEqualTo(204);
        assertThat(reset(token, next)).isEqualTo(410);
        assertThat(old.get(CALLER).body()).doesNotContain(anna.id());
        assertThat(new Browser(server).signIn(anna.name(), next).statusCode()).isEqualTo(200);
        String expired = tokenOf(links.create(Purpose.INVITATION, anna.id()).path());
        server.bean(JdbcClient.class)
                .sql("UPDATE one_time_link SET expires_at = 1 WHERE hash = ?")
                .param(Sha256.hex(expired))
                .update();
        assertThat(reset(expired, next)).isEqualTo(410);
    }

    private static String tokenOf(String path) {
        assertThat(path).startsWith("/reset#");
        return path.substring(path.indexOf('#') + 1);
    }

    private static int reset(String token, String password) throws Exception {
        return new Browser(server)
                .send("POST", "/password-reset", "{'token':'" + token + "','password':'" + password + "'}")
                .statusCode();
    }

    /** The guesses themselves are in {@link SignInThrottleTest}: each takes the time of a hash here. */
    @Test
    void strangersOnManyAddresses_lockNobodyOut_whoHasAKnownBrowser() throws Exception {
        UserAccount owner = person();
        Browser known = new Browser(server);
        known.signIn(owner.name(), PASSWORD);
        SignInThrottle throttle = server.bean(SignInThrottle.class);
        for (int i = 2; i <= SignInThrottle.NAME.tokens(); i++) {
            throttle.begin(owner.name(), addressOf("198.51.100." + i), Optional.empty());
        }
        HttpResponse<String> stranger = new Browser(server).signIn(owner.name(), PASSWORD);
        assertThat(stranger.statusCode()).isEqualTo(429);
        assertThat(stranger.body()).contains("sign-in-name", "a browser in which you have signed in before");
        assertThat(stranger.headers().firstValue("Retry-After")).isPresent();
        assertThat(known.signIn(owner.name(), PASSWORD).statusCode()).isEqualTo(200);
        Browser forger = new Browser(server);
        known.cookies().forEach((name, value) -> {
            if (name.startsWith("lectern_browser")) {
                forger.cookies().put(name, "x" + value);
            }
        });
        assertThat(forger.cookies()).isNotEmpty();
        assertThat(forger.signIn(owner.name(), PASSWORD).statusCode()).isEqualTo(429);
    }

    private static ClientAddress addressOf(String client) throws Exception {
        InetAddress address = InetAddress.getByName(client);
        return new ClientAddress(address, address, false, false, new ExternalAddress("http", "localhost", 80, ""));
    }

    @Test
    void ownAccount_isChanged_exportedAndDeleted() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        assertThat(browser.get("/account").statusCode()).isEqualTo(401);
        browser.signIn(anna.name(), PASSWORD);
        JsonNode changed =
                Browser.json(browser.send("PATCH", "/account", "{'displayName':'Anna','email':'anna@example.org'}"));
        assertThat(changed.path("email").asString()).isEqualTo("anna@example.org");
        assertThat(browser.send("PATCH", "/account", "{'email':'no address'}").statusCode())
                .isEqualTo(400);
        JsonNode export = Browser.json(browser.get("/account/export"));
        assertThat(export.path("account").path("id").asString()).isEqualTo(anna.id());
        assertThat(export.toString()).doesNotContain("argon2");
        assertThat(browser.send("DELETE", "/account", "").statusCode()).isEqualTo(200);
        assertThat(browser.get(CALLER).body()).doesNotContain(anna.id());
        assertThat(server.bean(UserRepository.class).find(anna.id())).isEmpty();
    }

    @Test
    void conversationsOfAVisitor_moveToTheAccount_ifThePersonAgrees() throws Exception {
        UserAccount anna = person();
        Browser browser = new Browser(server);
        browser.get("/session");
        HttpResponse<String> begun = browser.send("POST", "/conversations", "{'title':'Begun as a visitor'}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        assertThat(Browser.json(browser.get("/session")).path("conversations").asInt())
                .isOne();
        browser.signIn(anna.name(), PASSWORD);
        assertThat(browser.get("/conversations").body()).doesNotContain("Begun as a visitor");
        browser.send("DELETE", "/session", "");
        String credentials = "{'name':'" + anna.name() + "','password':'" + PASSWORD + "','adoptConversations':true}";
        JsonNode session = Browser.json(browser.send("POST", "/session", credentials));
        assertThat(session.path("conversations").asInt()).isZero();
        assertThat(browser.get("/conversations").body()).contains("Begun as a visitor");
        assertThat(browser.get("/account/export").body()).contains("Begun as a visitor");
        HttpResponse<String> deleted = browser.send("DELETE", "/account", "");
        assertThat(Browser.json(deleted).path("deleted").path("conversations").asInt())
                .isOne();
        assertThat(browser.get("/conversations").body()).doesNotContain("Begun as a visitor");
        assertThat(count("conversation WHERE owner = '" + anna.id() + "'")).isZero();
    }

    /** A person with the usual password. */
    private static UserAccount person() {
        UserAccount user = server.bean(People.class)
                .create(OPERATOR, "person" + people++ + "." + database.engine(), null, null, Role.USER);
        if (hash.isEmpty()) {
            hash = server.bean(Passwords.class).encode(PASSWORD, "x");
        }
        server.bean(UserRepository.class).setPassword(user.id(), hash, Instant.now());
        return server.bean(UserRepository.class).find(user.id()).orElseThrow();
    }

    private static Browser withSession(String token) {
        Browser browser = new Browser(server);
        browser.cookies().put("lectern_session_" + server.port(), token);
        return browser;
    }

    private static String callerOf(String token) throws Exception {
        return withSession(token).get(CALLER).body();
    }

    private static long count(String what) {
        return server.bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM " + what)
                .query(Long.class)
                .single();
    }
}
