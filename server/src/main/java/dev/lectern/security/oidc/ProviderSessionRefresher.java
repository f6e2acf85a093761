package dev.lectern.security.oidc;

import dev.lectern.security.signin.SessionRefresher;
import dev.lectern.security.signin.UserSessions;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Asks the provider again, every {@link #INTERVAL} while a session is used, who somebody is: with the refresh token, if the provider gave one. A person whose token the
 * provider does not take any more is signed out. While the provider cannot be reached, role and groups stay as they were. Thread-safe.
 */
@Component
@ConditionalOnProperty("lectern.security.oidc.issuer")
final class ProviderSessionRefresher implements SessionRefresher {
    static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final int MAX_REMEMBERED = 10_000;
    private static final String ENDED = "invalid_grant";
    private static final ParameterizedTypeReference<Map<String, Object>> JSON_OBJECT =
            new ParameterizedTypeReference<>() {};
    private static final Logger log = LoggerFactory.getLogger(ProviderSessionRefresher.class);

    private final ProviderRegistration registrations;
    private final ProviderClient client;
    private final TokenDecoders decoders;
    private final ProviderSessionRepository sessions;
    private final ExternalAccounts accounts;
    private final UserSessions userSessions;
    private final OidcProperties properties;
    private final InstantSource clock;
    private final Map<String, Instant> lookedAt = new ConcurrentHashMap<>();

    ProviderSessionRefresher(
            ProviderRegistration registrations,
            ProviderClient client,
            TokenDecoders decoders,
            ProviderSessionRepository sessions,
            ExternalAccounts accounts,
            UserSessions userSessions,
            OidcProperties properties,
            InstantSource clock) {
        this.registrations = registrations;
        this.client = client;
        this.decoders = decoders;
        this.sessions = sessions;
        this.accounts = accounts;
        this.userSessions = userSessions;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void refresh(String sessionId, String userId) {
        if (!properties.isConfigured() || !isDue(sessionId)) {
            return;
        }
        Optional<String> token;
        try {
            token = sessions.claimRefresh(sessionId, clock.instant(), INTERVAL);
        } catch (LecternException unreadable) {
            if (unreadable.code() != ErrorCode.INTERNAL) {
                throw unreadable;
            }
            // Role and groups of the person could never be asked for again.
            log.warn("The refresh token of a session cannot be read: {}", unreadable.getMessage());
            end(sessionId, userId, "its refresh token cannot be read");
            return;
        }
        token.ifPresent(present -> refresh(sessionId, userId, present));
    }

    /** Remembered, so that not every request asks the database. */
    private boolean isDue(String sessionId) {
        Instant now = clock.instant();
        Instant before = lookedAt.get(sessionId);
        if (before != null && now.isBefore(before.plus(INTERVAL))) {
            return false;
        }
        if (lookedAt.size() >= MAX_REMEMBERED) {
            lookedAt.clear();
        }
        lookedAt.put(sessionId, now);
        return true;
    }

    /** Forgets when sessions were looked at. */
    void forget() {
        lookedAt.clear();
    }

    private void refresh(String sessionId, String userId, String token) {
        try {
            ClientRegistration registration = registrations.get();
            OAuth2AccessTokenResponse response = exchange(registration, token);
            OAuth2RefreshToken next = response.getRefreshToken();
            if (next != null && !next.getTokenValue().equals(token)) {
                sessions.setRefreshToken(sessionId, next.getTokenValue());
            }
            String subject = sessions.subjectOf(sessionId).orElse("");
            accounts.refresh(ProviderClaims.of(
                    registrations.issuer(),
                    subject,
                    claims(registration, response, subject),
                    properties.groupsClaim()));
        } catch (OAuth2AuthorizationException e) {
            if (e.getError().getErrorCode().equals(ENDED)) {
                end(sessionId, userId, "the provider has ended it");
            } else {
                keep(e);
            }
        } catch (LecternException e) {
            switch (e.code()) {
                case FORBIDDEN -> end(sessionId, userId, String.valueOf(e.getMessage()));
                default -> keep(e);
            }
        } catch (JwtException | RestClientException | IllegalArgumentException e) {
            keep(e);
        }
    }

    private void end(String sessionId, String userId, String reason) {
        log.info("A session that the identity provider has begun is over: {}", reason);
        userSessions.end(userId, sessionId);
        sessions.delete(sessionId);
    }

    private static void keep(Exception failure) {
        log.warn(
                "The identity provider could not be asked again who somebody is. Role and groups stay as they were until it can: {}",
                ProviderFailure.describe(failure));
    }

    private OAuth2AccessTokenResponse exchange(ClientRegistration registration, String token) {
        RestClientRefreshTokenTokenResponseClient tokens = new RestClientRefreshTokenTokenResponseClient();
        tokens.setRestClient(client.tokens());
        OAuth2AccessToken former = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "former", null, null);
        return tokens.getTokenResponse(
                new OAuth2RefreshTokenGrantRequest(registration, former, new OAuth2RefreshToken(token, null)));
    }

    /** What ID token and user information say together. Each has to be of the same person. */
    private Map<String, Object> claims(
            ClientRegistration registration, OAuth2AccessTokenResponse response, String subject) {
        Map<String, Object> claims = new HashMap<>();
        if (response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String idToken) {
            claims.putAll(decoders.createDecoder(registration).decode(idToken).getClaims());
            requireSubject(claims, subject);
        }
        String address = registration.getProviderDetails().getUserInfoEndpoint().getUri();
        if (address != null && !address.isEmpty()) {
            RequestEntity<Void> request = RequestEntity.method(HttpMethod.GET, address)
                    .header(
                            HttpHeaders.AUTHORIZATION,
                            "Bearer " + response.getAccessToken().getTokenValue())
                    .build();
            Map<String, Object> information = Optional.ofNullable(
                            client.json().exchange(request, JSON_OBJECT).getBody())
                    .orElse(Map.of());
            requireSubject(information, subject);
            claims.putAll(information);
        }
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("the provider sends neither an ID token nor user information");
        }
        return claims;
    }

    private static void requireSubject(Map<String, Object> claims, String subject) {
        if (!subject.equals(claims.get("sub"))) {
            throw new IllegalArgumentException("the answer is about somebody else");
        }
    }
}
