package dev.lectern.security.oidc;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an identity provider says of a person.
 *
 * @param issuer of the provider
 * @param subject unique for the issuer only, never reused
 * @param name what the person signs in with there; null when the provider does not say it
 * @param displayName null when the provider does not say it
 * @param email null when the provider does not say it
 * @param isEmailVerified only if the provider says so with a boolean
 * @param groups empty when the provider sends none
 */
record ProviderClaims(
        String issuer,
        String subject,
        @Nullable String name,
        @Nullable String displayName,
        @Nullable String email,
        boolean isEmailVerified,
        Set<String> groups) {
    ProviderClaims {
        groups = Set.copyOf(groups);
    }

    /** @param claims of the ID token and of the user information together */
    static ProviderClaims of(String issuer, String subject, Map<String, Object> claims, String groupsClaim) {
        return new ProviderClaims(
                issuer,
                subject,
                text(claims, "preferred_username"),
                text(claims, "name"),
                text(claims, "email"),
                Boolean.TRUE.equals(claims.get("email_verified")),
                ClaimGroups.read(claims, groupsClaim));
    }

    private static @Nullable String text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }
}
