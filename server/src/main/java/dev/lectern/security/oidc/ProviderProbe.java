package dev.lectern.security.oidc;

import dev.lectern.shared.InvalidSettingException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.web.client.RestClientException;

/** Checks that the configured identity provider is usable, without starting anything. */
public final class ProviderProbe {
    private ProviderProbe() {}

    /**
     * Reads the discovery document of the provider once.
     *
     * @param settings by key, such as {@code lectern.security.oidc.issuer}
     * @return what was found, in one sentence; empty when no provider is configured
     * @throws InvalidSettingException with what to do if the provider cannot be reached, names another issuer or has endpoints without encryption
     */
    public static Optional<String> probe(Map<String, String> settings) {
        OidcProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.security.oidc", OidcProperties.class);
        if (!properties.isConfigured()) {
            return Optional.empty();
        }
        ProviderRegistration registration =
                new ProviderRegistration(properties, new ProviderClient(), InstantSource.system());
        try {
            registration.read();
            return Optional.of("The identity provider " + registration.issuer() + " can be reached.");
        } catch (RestClientException | IllegalArgumentException | IllegalStateException unusable) {
            throw new InvalidSettingException(
                    "LECTERN_SECURITY_OIDC_ISSUER=" + registration.issuer() + " cannot be used: "
                            + ProviderFailure.describe(unusable)
                            + ". Check the network and the certificate, and write the issuer exactly as in the discovery"
                            + " document of the provider.",
                    unusable);
        }
    }
}
