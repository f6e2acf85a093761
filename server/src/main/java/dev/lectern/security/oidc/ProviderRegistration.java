package dev.lectern.security.oidc;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * This server at the identity provider, with the endpoints of the provider's discovery document. It is read when it is first needed and once an hour after that, so
 * that neither the start nor a sign-in depends on anything that is not needed then. Thread-safe.
 */
@Component
final class ProviderRegistration implements ClientRegistrationRepository {
    static final String ID = "provider";
    private static final String CALLBACK = "{baseUrl}/api/v1/session/provider/callback";
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration KEPT = Duration.ofHours(1);
    private static final ParameterizedTypeReference<Map<String, Object>> JSON_OBJECT =
            new ParameterizedTypeReference<>() {};
    private static final Logger log = LoggerFactory.getLogger(ProviderRegistration.class);

    private final OidcProperties properties;
    private final ProviderClient client;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable ClientRegistration known;
    private Instant readAt = Instant.EPOCH;

    ProviderRegistration(OidcProperties properties, ProviderClient client, InstantSource clock) {
        this.properties = properties;
        this.client = client;
        this.clock = clock;
    }

    /** Whether people sign in by a provider. */
    boolean isConfigured() {
        return properties.isConfigured();
    }

    String issuer() {
        return Objects.requireNonNull(properties.issuer()).toString();
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return id.equals(ID) && isConfigured() ? get() : null;
    }

    /** Has the document of the provider read again at the next use, and none in place of it. */
    void forget() {
        reading.lock();
        try {
            known = null;
        } finally {
            reading.unlock();
        }
    }

    /**
     * The registration.
     *
     * @throws LecternException SIGN_IN_UNAVAILABLE if the provider cannot be reached or its document is unusable
     */
    ClientRegistration get() {
        reading.lock();
        try {
            ClientRegistration present = known;
            if (present != null && clock.instant().isBefore(readAt.plus(KEPT))) {
                return present;
            }
            try {
                ClientRegistration fresh = read();
                known = fresh;
                readAt = clock.instant();
                return fresh;
            } catch (RestClientException | IllegalArgumentException | IllegalStateException e) {
                log.warn(
                        "The discovery document of the identity provider {} cannot be used: {}",
                        issuer(),
                        ProviderFailure.describe(e));
                if (present != null) {
                    return present;
                }
                throw new LecternException(
                        ErrorCode.SIGN_IN_UNAVAILABLE,
                        "The identity provider cannot be reached. Try again in a minute, or sign in with a password.",
                        e);
            }
        } finally {
            reading.unlock();
        }
    }

    /** @throws IllegalStateException if the document names another issuer, or endpoints that are not encrypted */
    ClientRegistration read() {
        Map<String, Object> document = client.json()
                .exchange(issuer() + DISCOVERY, HttpMethod.GET, null, JSON_OBJECT)
                .getBody();
        if (document == null || !issuer().equals(document.get("issuer"))) {
            throw new IllegalStateException("it names the issuer "
                    + (document == null ? "nothing" : document.get("issuer")) + " instead of " + issuer());
        }
        for (String endpoint :
                new String[] {"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"}) {
            requireEncrypted(endpoint, document.get(endpoint));
        }
        return ClientRegistrations.fromOidcConfiguration(document)
                .registrationId(ID)
                .clientId(properties.clientId())
                .clientSecret(properties.clientSecret().reveal())
                .scope(properties.requestedScopes())
                .redirectUri(CALLBACK)
                .build();
    }

    private static void requireEncrypted(String name, @Nullable Object address) {
        if (address == null && name.equals("userinfo_endpoint")) {
            return;
        }
        if (!(address instanceof String text) || !isEncrypted(URI.create(text))) {
            throw new IllegalStateException("its " + name + " is no https address: " + address);
        }
    }

    /** Whether an address is https, or stays on this machine. */
    static boolean isEncrypted(URI address) {
        if ("https".equalsIgnoreCase(address.getScheme())) {
            return address.getHost() != null;
        }
        try {
            return "http".equalsIgnoreCase(address.getScheme())
                    && address.getHost() != null
                    && InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
