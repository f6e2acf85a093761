package dev.lectern.security.oidc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** The rules for logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.6), beside signature and time. */
final class LogoutTokenValidator implements OAuth2TokenValidator<Jwt> {
    static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Set<String> TYPES = Set.of("logout+jwt", "jwt");

    private final ClientRegistration registration;

    LogoutTokenValidator(ClientRegistration registration) {
        this.registration = registration;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        List<OAuth2Error> errors = new ArrayList<>();
        String issuer = registration.getProviderDetails().getIssuerUri();
        require(issuer != null && issuer.equals(token.getClaimAsString("iss")), "iss", errors);
        List<String> audience = token.getAudience();
        require(audience != null && audience.contains(registration.getClientId()), "aud", errors);
        require(token.getIssuedAt() != null, "iat", errors);
        require(token.getExpiresAt() != null, "exp", errors);
        require(hasText(token, "jti"), "jti", errors);
        require(hasText(token, "sub") || hasText(token, "sid"), "sub", errors);
        require(
                token.getClaims().get("events") instanceof Map<?, ?> events && events.containsKey(EVENT),
                "events",
                errors);
        require(!token.hasClaim("nonce"), "nonce", errors);
        if (!isTypeOfLogoutToken(token.getHeaders().get("typ"))) {
            errors.add(new OAuth2Error("invalid_token", "The type (typ) of the token is not that of logout tokens", null));
        }
        return errors.isEmpty() ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(errors);
    }

    /** Providers that type their tokens say what they are for; the others say nothing, or that it is a JWT. Media types may leave out {@code application/}. */
    private static boolean isTypeOfLogoutToken(@Nullable Object type) {
        return type == null
                || (type instanceof String text
                        && TYPES.contains(text.toLowerCase(Locale.ROOT).replaceFirst("^application/", "")));
    }

    private static boolean hasText(Jwt token, String claim) {
        return token.getClaims().get(claim) instanceof String text && !text.isBlank();
    }

    private static void require(boolean holds, String claim, List<OAuth2Error> errors) {
        if (!holds) {
            errors.add(new OAuth2Error("invalid_token", "The claim " + claim + " of the logout token is wrong", null));
        }
    }
}
