package dev.lectern.security.oidc;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Checks the tokens of the identity provider: signed with one of its keys by a public-key algorithm that it announces, never {@code none} and never with a shared
 * secret; for this client; not expired. Thread-safe.
 */
@Component
final class TokenDecoders implements JwtDecoderFactory<ClientRegistration> {
    private final ProviderClient client;
    private final ConcurrentMap<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

    TokenDecoders(ProviderClient client) {
        this.client = client;
    }

    /** For ID tokens. */
    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        return decoders.computeIfAbsent("id " + keyOf(registration), _ -> {
            NimbusJwtDecoder decoder = decoder(registration, new OidcIdTokenValidator(registration));
            decoder.setClaimSetConverter(
                    new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
            return decoder;
        });
    }

    /** For logout tokens, which have claims of their own. */
    JwtDecoder logoutDecoder(ClientRegistration registration) {
        return decoders.computeIfAbsent(
                "logout " + keyOf(registration), _ -> decoder(registration, new LogoutTokenValidator(registration)));
    }

    private static String keyOf(ClientRegistration registration) {
        return registration.getProviderDetails().getJwkSetUri() + " " + algorithms(registration);
    }

    private NimbusJwtDecoder decoder(ClientRegistration registration, OAuth2TokenValidator<Jwt> validator) {
        String keys = Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri(), "Checked at discovery");
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .restOperations(client.json())
                .validateType(false)
                .jwsAlgorithms(allowed -> allowed.addAll(algorithms(registration)))
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), validator));
        return decoder;
    }

    private static Set<SignatureAlgorithm> algorithms(ClientRegistration registration) {
        Object announced = registration
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("id_token_signing_alg_values_supported");
        Set<SignatureAlgorithm> allowed = new LinkedHashSet<>();
        for (Object name : announced instanceof Collection<?> names ? names : List.of()) {
            SignatureAlgorithm algorithm = SignatureAlgorithm.from(String.valueOf(name));
            if (algorithm != null) {
                allowed.add(algorithm);
            }
        }
        return allowed.isEmpty() ? Set.of(SignatureAlgorithm.RS256) : allowed;
    }
}
