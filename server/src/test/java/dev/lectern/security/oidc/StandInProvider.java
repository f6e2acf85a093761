package dev.lectern.security.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An identity provider that speaks OpenID Connect over HTTP: discovery, keys, authorization, tokens with PKCE and refresh tokens, user information. It is strict: it
 * checks the client, the code, its verifier and the redirect address. A test changes what it answers, to be hostile.
 */
final class StandInProvider implements AutoCloseable {
    static final String CLIENT = "lectern";
    static final String SECRET = "secret of the client";

    /** Signs an ID token. */
    interface Signer {
        String sign(JWTClaimsSet claims) throws JOSEException;
    }

    private final HttpServer server;
    private final RSAKey key;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final List<String> refreshTokens = new ArrayList<>();

    /** Claims of the person who signs in. */
    final Map<String, Object> person = new ConcurrentHashMap<>(Map.of("sub", "248289761001"));

    final Map<String, Object> document = new ConcurrentHashMap<>();
    Consumer<JWTClaimsSet.Builder> claims = _ -> {};
    Signer signer;
    UnaryOperator<Map<String, Object>> userInformation = UnaryOperator.identity();
    UnaryOperator<Map<String, Object>> tokens = UnaryOperator.identity();
    UnaryOperator<Map<String, String>> callback = UnaryOperator.identity();
    boolean givesRefreshTokens;
    boolean isDown;

    private StandInProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        signer = this::signed;
        document.putAll(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/jwks",
                "userinfo_endpoint", issuer() + "/userinfo",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256", "HS256", "none"),
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic")));
        handle("/.well-known/openid-configuration", exchange -> json(exchange, 200, document));
        handle("/jwks", exchange -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
        handle("/authorize", this::authorize);
        handle("/token", this::token);
        handle("/userinfo", exchange -> json(exchange, 200, userInformation.apply(new HashMap<>(person))));
        server.start();
    }

    static StandInProvider start() throws IOException, JOSEException {
        return new StandInProvider();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    RSAKey key() {
        return key;
    }

    String signed(JWTClaimsSet claims) throws JOSEException {
        return sign(
                claims, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), key);
    }

    static String sign(JWTClaimsSet claims, JWSHeader header, RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    static String unsigned(JWTClaimsSet claims) {
        return new PlainJWT(claims).serialize();
    }

    /** Signs with a secret that everybody knows: the public key, or that of the client. */
    static String signWithSecret(JWTClaimsSet claims, byte[] secret) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    /** A logout token as the specification has it. */
    String logoutToken(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return logoutToken("logout+jwt", change);
    }

    /** @param type what the header says that the token is */
    String logoutToken(String type) throws JOSEException {
        return logoutToken(type, _ -> {});
    }

    private String logoutToken(String type, Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .subject(String.valueOf(person.get("sub")))
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(120)))
                .jwtID(UUID.randomUUID().toString())
                .claim("events", Map.of(LogoutTokenValidator.EVENT, Map.of()));
        change.accept(builder);
        return sign(
                builder.build(),
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("one")
                        .type(new JOSEObjectType(type))
                        .build(),
                key);
    }

    /** No refresh token that it has given is valid any more. */
    void endSessions() {
        refreshTokens.clear();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, query);
        Map<String, String> answer = new TreeMap<>(Map.of("code", code, "state", query.get("state")));
        String redirect = query.get("redirect_uri") + "?" + form(callback.apply(answer));
        exchange.getResponseHeaders().add("Location", redirect);
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException, JOSEException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET.replace(' ', '+')).getBytes(StandardCharsets.UTF_8));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        boolean isRefresh = "refresh_token".equals(form.get("grant_type"));
        Map<String, String> request = isRefresh ? null : codes.remove(String.valueOf(form.get("code")));
        boolean isValid = isRefresh
                ? refreshTokens.remove(form.get("refresh_token"))
                : request != null
                        && Objects.equals(request.get("redirect_uri"), form.get("redirect_uri"))
                        && "S256".equals(request.get("code_challenge_method"))
                        && hash(form.get("code_verifier")).equals(request.get("code_challenge"));
        if (!isValid) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        Map<String, Object> answer = new HashMap<>(
                Map.of("access_token", UUID.randomUUID().toString(), "token_type", "Bearer", "expires_in", 300));
        answer.put("id_token", signer.sign(idToken(request == null ? null : request.get("nonce"))));
        if (givesRefreshTokens) {
            String refreshToken = UUID.randomUUID().toString();
            refreshTokens.add(refreshToken);
            answer.put("refresh_token", refreshToken);
        }
        json(exchange, 200, tokens.apply(answer));
    }

    private JWTClaimsSet idToken(@Nullable String nonce) {
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(CLIENT)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        person.forEach(builder::claim);
        if (nonce != null) {
            builder.claim("nonce", nonce);
        }
        claims.accept(builder);
        return builder.build();
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, JOSEException;
    }

    private void handle(String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                if (isDown) {
                    exchange.sendResponseHeaders(503, -1);
                } else {
                    handler.handle(exchange);
                }
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void json(HttpExchange exchange, int status, Object value) throws IOException {
        byte[] body = JsonMapper.shared().writeValueAsBytes(value);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : String.valueOf(query).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    static String form(Map<String, String> parameters) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }

    private static String hash(@Nullable String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
