package dev.lectern.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lectern.CapturedLog;
import dev.lectern.TestServer;
import dev.lectern.security.PersonalDataStore;
import dev.lectern.security.TestAccess;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.shared.Caller;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing in with an identity provider over HTTP: as it should be, and with hostile answers, none of which signs anybody in. */
class ProviderSignInTest {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private static StandInProvider provider;
    private static TestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        provider = StandInProvider.start();
        server = TestServer.start(List.of(
                "lectern.security.mode=private",
                "lectern.rate-limit.requests=0",
                "lectern.rate-limit.sign-ins=0",
                "lectern.security.oidc.issuer=" + provider.issuer(),
                "lectern.security.oidc.client-id=" + StandInProvider.CLIENT,
                "lectern.security.oidc.client-secret=" + StandInProvider.SECRET,
                "lectern.security.oidc.administrator-groups=admins",
                "lectern.security.oidc.link-by-email=true"), AdoptedData.class);
        server.bean(People.class).create(TestAccess.OPERATOR, "root", null, "root@example.org", Role.ADMINISTRATOR);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        provider.close();
    }

    @BeforeEach
    void beStrict() {
        provider.person.clear();
        provider.person.putAll(Map.of("sub", "248289761001", "preferred_username", "ada", "name", "Ada Lovelace"));
    }

    @AfterEach
    void forgetHostility() {
        provider.claims = _ -> {};
        provider.signer = provider::signed;
        provider.userInformation = person -> person;
        provider.tokens = tokens -> tokens;
        provider.callback = answer -> answer;
        provider.givesRefreshTokens = false;
        provider.isDown = false;
    }

    /** What visitors have that moves to accounts. */
    @Component
    static class AdoptedData implements PersonalDataStore {
        /** The ids of the accounts. */
        private final List<String> moved = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "test";
        }

        @Override
        public long count(Caller owner) {
            return 0;
        }

        @Override
        public Object export(Caller owner) {
            return List.of();
        }

        @Override
        public long move(Caller.Visitor from, Caller.User to) {
            moved.add(to.id());
            return 1;
        }

        @Override
        public long delete(Caller owner) {
            return 0;
        }
    }

    /** What one browser has. */
    private static final class Browser {
        private final Map<String, String> cookies = new HashMap<>();

        HttpResponse<String> get(URI address) throws Exception {
            return send(HttpRequest.newBuilder(address));
        }

        HttpResponse<String> get(String path) throws Exception {
            return get(server.address(path));
        }

        HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        String.join(
                                "; ",
                                cookies.entrySet().stream()
                                        .map(Object::toString)
                                        .toList()));
            }
            HttpResponse<String> response = BROWSER.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        }

        private void keep(String cookie) {
            String pair = cookie.substring(0, cookie.indexOf(';'));
            int equals = pair.indexOf('=');
            if (cookie.contains("Max-Age=0")) {
                cookies.remove(pair.substring(0, equals));
            } else {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }

        /** Goes to the provider and back, up to the callback's address. */
        URI goToProvider() throws Exception {
            HttpResponse<String> begun = get("/api/v1/session/provider?returnTo=/documents");
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
            return location(BROWSER.send(HttpRequest.newBuilder(location(begun)).build(), BodyHandlers.ofString()));
        }

        HttpResponse<String> signIn() throws Exception {
            return get(goToProvider());
        }

        Optional<JsonNode> user() throws Exception {
            JsonNode user =
                    JsonMapper.shared().readTree(get("/api/v1/session").body()).path("user");
            return user.isObject() ? Optional.of(user) : Optional.empty();
        }
    }

    private static URI location(HttpResponse<?> response) {
        return server.address("/")
                .resolve(response.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void personOfTheProvider_isSignedIn_andBackOnThePage() throws Exception {
        Browser browser = new Browser();
        HttpResponse<String> done = browser.signIn();

        assertThat(done.statusCode()).isEqualTo(302);
        assertThat(location(done).getPath()).isEqualTo("/documents");
        assertThat(browser.user().orElseThrow().path("displayName").asString()).isEqualTo("Ada Lovelace");
        assertThat(browser.get("/api/v1/collections").statusCode()).isEqualTo(200);
        assertThat(new Browser().get("/api/v1/collections").statusCode()).isEqualTo(401);
    }

    @Test
    void requestToTheProvider_hasStateNonceAndChallenge_anotherOneEachTime() throws Exception {
        Map<String, String> first = authorizationOf(new Browser());
        Map<String, String> second = authorizationOf(new Browser());
        assertThat(first).containsEntry("code_challenge_method", "S256").containsEntry("response_type", "code");
        assertThat(first.get("scope")).contains("openid");
        assertThat(first.get("redirect_uri"))
                .isEqualTo(server.address("/api/v1/session/provider/callback").toString());
        for (String random : List.of("state", "nonce", "code_challenge")) {
            assertThat(first.get(random)).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(second.get(random));
        }
    }

    private static Map<String, String> authorizationOf(Browser browser) throws Exception {
        return StandInProvider.parameters(
                location(browser.get("/api/v1/session/provider")).getRawQuery());
    }

    @Test
    void administratorsAndGroups_areThoseOfTheProvider() throws Exception {
        provider.person.put("sub", "administrator");
        provider.person.put("groups", List.of("admins"));
        Browser browser = new Browser();
        browser.signIn();
        assertThat(browser.user().orElseThrow().path("role").asString()).isEqualTo("administrator");
        assertThat(browser.get("/api/v1/users").statusCode()).isEqualTo(200);
    }

    /** Each changes something that the provider or the browser brings; none may sign anybody in. */
    @TestFactory
    Stream<DynamicTest> hostileAnswer_signsNobodyIn() throws Exception {
        RSAKey foreign = new RSAKeyGenerator(2048).keyID("one").generate();
        Map<String, Runnable> cases = new LinkedHashMap<>();
        cases.put("algorithm none", () -> provider.signer = StandInProvider::unsigned);
        cases.put(
                "HS256 with the public key",
                () -> provider.signer = claims -> StandInProvider.signWithSecret(
                        claims, provider.key().toPublicKey().getEncoded()));
        cases.put(
                "HS256 with the secret of the client",
                () -> provider.signer = claims -> StandInProvider.signWithSecret(
                        claims, "secret of the client, repeated: secret".getBytes(StandardCharsets.UTF_8)));
        cases.put(
                "signed by a foreign key",
                () -> provider.signer = claims -> StandInProvider.sign(
                        claims,
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                        foreign));
        cases.put(
                "signed by a key that the token brings",
                () -> provider.signer = claims -> StandInProvider.sign(
                        claims,
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .jwk(foreign.toPublicJWK())
                                .build(),
                        foreign));
        cases.put(
                "signature cut off",
                () -> provider.signer = claims -> {
                    String token = provider.signed(claims);
                    return token.substring(0, token.lastIndexOf('.') + 1);
                });
        cases.put(
                "payload exchanged",
                () -> provider.signer = claims -> {
                    String[] parts = provider.signed(claims).split("\\.", -1);
                    String other = StandInProvider.unsigned(
                            new JWTClaimsSet.Builder(claims).subject("root").build());
                    return parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2];
                });
        claim(cases, "another audience", builder -> builder.audience("other"));
        claim(cases, "no audience", builder -> builder.audience((String) null));
        claim(
                cases,
                "two audiences without an authorised party",
                builder -> builder.audience(List.of(StandInProvider.CLIENT, "other")));
        claim(
                cases,
                "another authorised party",
                builder -> builder.audience(List.of(StandInProvider.CLIENT, "other"))
                        .claim("azp", "other"));
        claim(cases, "another issuer", builder -> builder.issuer("https://evil.example"));
        claim(cases, "issuer with a slash more", builder -> builder.issuer(provider.issuer() + "/"));
        claim(cases, "no issuer", builder -> builder.issuer(null));
        claim(cases, "another nonce", builder -> builder.claim("nonce", "of another sign-in"));
        claim(cases, "no nonce", builder -> builder.claim("nonce", null));
        claim(
                cases,
                "expired",
                builder -> builder.issueTime(Date.from(Instant.now().minusSeconds(7200)))
                        .expirationTime(Date.from(Instant.now().minusSeconds(3600))));
        claim(cases, "never expires", builder -> builder.expirationTime(null));
        claim(
                cases,
                "issued in the future",
                builder -> builder.issueTime(Date.from(Instant.now().plusSeconds(3600)))
                        .expirationTime(Date.from(Instant.now().plusSeconds(7200))));
        claim(
                cases,
                "not valid yet",
                builder -> builder.notBeforeTime(Date.from(Instant.now().plusSeconds(3600))));
        claim(cases, "no subject", builder -> builder.subject(null));
        cases.put(
                "user information of somebody else",
                () -> provider.userInformation = person -> {
                    person.put("sub", "somebody else");
                    return person;
                });
        cases.put(
                "no ID token",
                () -> provider.tokens = tokens -> {
                    tokens.remove("id_token");
                    return tokens;
                });
        cases.put(
                "foreign state",
                () -> provider.callback = answer -> {
                    answer.put("state", "of another browser");
                    return answer;
                });
        cases.put(
                "no state",
                () -> provider.callback = answer -> {
                    answer.remove("state");
                    return answer;
                });
        cases.put(
                "answer of another provider",
                () -> provider.callback = answer -> {
                    answer.put("iss", "https://evil.example");
                    return answer;
                });
        cases.put(
                "invented code",
                () -> provider.callback = answer -> {
                    answer.put("code", "invented");
                    return answer;
                });
        return cases.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    try {
                        one.getValue().run();
                        refuses(new Browser());
                    } finally {
                        forgetHostility();
                    }
                }));
    }

    private static void claim(Map<String, Runnable> cases, String name, Consumer<JWTClaimsSet.Builder> change) {
        cases.put(name, () -> provider.claims = change);
    }

    private static void refuses(Browser browser) throws Exception {
        HttpResponse<String> done = browser.signIn();
        assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
        assertThat(location(done).getPath()).isEqualTo("/sign-in");
        assertThat(browser.user()).isEmpty();
        assertThat(browser.get("/api/v1/collections").statusCode()).isEqualTo(401);
    }

    @Test
    void answer_worksInTheBrowserThatHasBegun_andOnce() throws Exception {
        Browser victim = new Browser();
        URI callback = victim.goToProvider();
        Browser attacker = new Browser();
        assertThat(location(attacker.get(callback)).getPath()).isEqualTo("/sign-in");
        assertThat(attacker.user()).isEmpty();
        Browser other = new Browser();
        other.get("/api/v1/session/provider");
        assertThat(location(other.get(callback)).getPath()).isEqualTo("/sign-in");
        assertThat(other.user()).isEmpty();

        Map<String, String> before = new HashMap<>(victim.cookies);
        assertThat(location(victim.get(callback)).getPath()).isEqualTo("/documents");
        Browser replay = new Browser();
        replay.cookies.putAll(before);
        assertThat(location(replay.get(callback)).getPath()).isEqualTo("/sign-in");
        assertThat(replay.user()).isEmpty();
    }

    @Test
    void codeWithoutItsVerifier_isWorthless() throws Exception {
        Browser stolen = new Browser();
        URI callback = stolen.goToProvider();
        Browser attacker = new Browser();
        Map<String, String> own = StandInProvider.parameters(
                location(attacker.get("/api/v1/session/provider")).getRawQuery());
        Map<String, String> foreign = StandInProvider.parameters(callback.getRawQuery());
        URI injected = server.address("/api/v1/session/provider/callback?"
                + StandInProvider.form(Map.of("code", foreign.get("code"), "state", own.get("state"))));
        assertThat(location(attacker.get(injected)).getPath()).isEqualTo("/sign-in");
        assertThat(attacker.user()).isEmpty();
    }

    @Test
    void addressOfTheAdministrator_givesItsAccountOnlyIfVerified() throws Exception {
        provider.person.put("sub", "mallory");
        provider.person.put("email", "root@example.org");
        for (Object verified : new Object[] {false, "yes", 1}) {
            provider.person.put("email_verified", verified);
            Browser browser = new Browser();
            browser.signIn();
            assertThat(browser.user().orElseThrow().path("role").asString())
                    .as(String.valueOf(verified))
                    .isEqualTo("user");
        }
    }

    @Test
    void pageToReturnTo_isOneOfThisServer() throws Exception {
        for (String address : List.of("https://evil.example/", "//evil.example", "/%5Cevil.example", "documents", "")) {
            HttpResponse<String> refused = new Browser().get("/api/v1/session/provider?returnTo=" + address);
            assertThat(refused.statusCode()).as(address).isEqualTo(400);
        }
    }

    @Test
    void linkOfAnotherSite_leadsToThePageForSigningIn() throws Exception {
        for (String[] header : new String[][] {
            {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Referer", "https://evil.example/"}
        }) {
            HttpResponse<String> answer = new Browser()
                    .send(server.request("/api/v1/session/provider").header(header[0], header[1]));
            assertThat(location(answer)).as(header[1]).isEqualTo(server.address("/sign-in"));
            assertThat(answer.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("lectern_sign_in");
        }
        HttpResponse<String> own = new Browser()
                .send(server.request("/api/v1/session/provider").header("Sec-Fetch-Site", "same-origin"));
        assertThat(location(own).toString()).startsWith(provider.issuer());
    }

    @Test
    void providerThatIsDown_leadsToThePageForSigningIn_andTheLogHasTheCause() throws Exception {
        provider.isDown = true;
        server.bean(ProviderRegistration.class).forget();
        try (CapturedLog log = CapturedLog.start()) {
            HttpResponse<String> answer = new Browser().get("/api/v1/session/provider");
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(location(answer)).isEqualTo(server.address("/sign-in?error=provider_unavailable"));
            assertThat(log.warnings("discovery document"))
                    .singleElement()
                    .asString()
                    .contains("503")
                    .doesNotContain("null");
        }
    }

    @Test
    void failureWithoutMessage_isNamedByItsKind() {
        assertThat(ProviderFailure.describe(
                        new ResourceAccessException("I/O error on GET: null", new ConnectException())))
                .isEqualTo("I/O error on GET; ConnectException");
        assertThat(ProviderFailure.describe(new IllegalStateException("it names another issuer")))
                .isEqualTo("it names another issuer");
    }

    @Test
    void conversationsOfTheBrowser_moveIfThePersonAgrees() throws Exception {
        provider.person.put("sub", "adopting");
        Browser browser = new Browser();
        browser.get("/api/v1/session");
        HttpResponse<String> begun = browser.get("/api/v1/session/provider?adoptConversations=true");
        HttpResponse<String> atProvider =
                BROWSER.send(HttpRequest.newBuilder(location(begun)).build(), BodyHandlers.ofString());
        server.bean(AdoptedData.class).moved.clear();
        browser.get(location(atProvider));
        assertThat(server.bean(AdoptedData.class).moved)
                .containsExactly(browser.user().orElseThrow().path("id").asString());
        server.bean(AdoptedData.class).moved.clear();
        new Browser().signIn();
        assertThat(server.bean(AdoptedData.class).moved).isEmpty();
    }

    @Test
    void cookieOfTheSignIn_cannotBeForged() throws Exception {
        Browser browser = new Browser();
        URI callback = browser.goToProvider();
        browser.cookies.replaceAll((name, value) -> value.substring(0, value.length() - 4) + "AAAA");
        assertThat(location(browser.get(callback)).getPath()).isEqualTo("/sign-in");
        assertThat(browser.user()).isEmpty();
    }

    @Test
    void logoutToken_endsTheSessionsThatItNames() throws Exception {
        provider.person.put("sub", "leaving");
        provider.claims = builder -> builder.claim("sid", "first");
        Browser first = new Browser();
        first.signIn();
        provider.claims = builder -> builder.claim("sid", "second");
        Browser second = new Browser();
        second.signIn();

        assertThat(logout(provider.logoutToken(builder -> builder.claim("sid", "first")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(first.user()).isEmpty();
        assertThat(second.user()).isPresent();
        assertThat(logout(provider.logoutToken(_ -> {})).statusCode()).isEqualTo(204);
        assertThat(second.user()).isEmpty();
    }

    @Test
    void wrongLogoutToken_endsNothing() throws Exception {
        provider.person.put("sub", "staying");
        Browser browser = new Browser();
        browser.signIn();
        RSAKey foreign = new RSAKeyGenerator(2048).keyID("one").generate();
        Map<String, @Nullable String> tokens = new LinkedHashMap<>();
        tokens.put("no token", "x");
        tokens.put("another issuer", provider.logoutToken(builder -> builder.issuer("https://evil.example")));
        tokens.put("another audience", provider.logoutToken(builder -> builder.audience("other")));
        tokens.put("no event", provider.logoutToken(builder -> builder.claim("events", null)));
        tokens.put("another event", provider.logoutToken(builder -> builder.claim("events", Map.of("x", Map.of()))));
        tokens.put("an ID token's nonce", provider.logoutToken(builder -> builder.claim("nonce", "x")));
        tokens.put("nobody", provider.logoutToken(builder -> builder.subject(null)));
        tokens.put("an access token", provider.logoutToken("at+jwt"));
        tokens.put("no id", provider.logoutToken(builder -> builder.jwtID(null)));
        tokens.put(
                "expired",
                provider.logoutToken(builder ->
                        builder.expirationTime(Date.from(Instant.now().minusSeconds(3600)))));
        tokens.put(
                "foreign key",
                StandInProvider.sign(
                        new JWTClaimsSet.Builder(SignedJWT.parse(provider.logoutToken(_ -> {}))
                                        .getJWTClaimsSet())
                                .build(),
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                        foreign));
        for (Map.Entry<String, @Nullable String> one : tokens.entrySet()) {
            assertThat(logout(String.valueOf(one.getValue())).statusCode())
                    .as(one.getKey())
                    .isEqualTo(400);
        }
        assertThat(browser.user()).isPresent();

        assertThat(logout(provider.logoutToken("application/logout+JWT")).statusCode())
                .isEqualTo(204);
        String token = provider.logoutToken(_ -> {});
        assertThat(logout(token).statusCode()).isEqualTo(204);
        assertThat(logout(token).statusCode()).as("used before").isEqualTo(400);
    }

    private static HttpResponse<String> logout(String token) throws Exception {
        return server.send(server.request("/api/v1/session/provider/logout")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(TestServer.body("logout_token=" + token)));
    }

    @Test
    void roleAndGroups_areAskedForAgain_andAnEndedSessionEndsHere() throws Exception {
        provider.givesRefreshTokens = true;
        provider.person.put("sub", "changing");
        Browser browser = new Browser();
        browser.signIn();
        assertThat(browser.get("/api/v1/users").statusCode()).isEqualTo(403);

        provider.person.put("groups", List.of("admins"));
        makeRefreshDue();
        browser.get("/api/v1/session");
        assertThat(browser.get("/api/v1/users").statusCode()).isEqualTo(200);

        provider.isDown = true;
        makeRefreshDue();
        assertThat(browser.user()).as("while the provider is down").isPresent();
        provider.isDown = false;
        provider.endSessions();
        makeRefreshDue();
        browser.get("/api/v1/collections");
        assertThat(browser.get("/api/v1/collections").statusCode()).isEqualTo(401);
    }

    @Test
    void refreshTokenOfALostKey_endsTheSession_withoutAnError() throws Exception {
        provider.givesRefreshTokens = true;
        provider.person.put("sub", "locked out");
        Browser browser = new Browser();
        browser.signIn();
        server.bean(JdbcClient.class)
                .sql("UPDATE provider_session SET refresh_token = 'v1:00000000:x' WHERE subject = 'locked out'")
                .update();
        makeRefreshDue();
        assertThat(browser.get("/api/v1/session").statusCode()).isEqualTo(200);
        assertThat(browser.get("/api/v1/collections").statusCode()).isEqualTo(401);
    }

    private static void makeRefreshDue() {
        server.bean(JdbcClient.class)
                .sql("UPDATE provider_session SET refreshed_at = 0")
                .update();
        server.bean(ProviderSessionRefresher.class).forget();
    }

    @Test
    void tokensOfTheProvider_areNotReadableInTheDatabase() throws Exception {
        provider.givesRefreshTokens = true;
        provider.person.put("sub", "hidden");
        new Browser().signIn();
        List<String> stored = server.bean(JdbcClient.class)
                .sql("SELECT refresh_token FROM provider_session WHERE refresh_token IS NOT NULL")
                .query((row, number) -> row.getString(1))
                .list();
        assertThat(stored).isNotEmpty().allMatch(token -> token.startsWith("v1:"));
    }
}
