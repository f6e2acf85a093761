package dev.lectern.security.oidc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** The rules for logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.6), beside signature and time. */
final class LogoutTokenValidator implements OAuth2TokenValidator<Jwt> {
    static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

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
        return errors.isEmpty() ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(errors);
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
