package dev.lectern.security.oidc;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * A sign-in at the provider that a browser has begun: what it has to bring back, and what the provider has to say. It is encrypted in a cookie of that browser, so
 * that every node can end it, and nobody can end one that another browser has begun.
 *
 * @param state random, comes back in the address
 * @param nonce random, its hash comes back in the ID token
 * @param codeVerifier random, of which the provider has the hash (PKCE)
 * @param redirectUri where the provider sends the browser to
 * @param returnTo path of the page that is opened then
 * @param adoptConversations whether the account takes over the conversations of the visitor that the browser is
 */
record PendingSignIn(
        String state,
        String nonce,
        String codeVerifier,
        String redirectUri,
        String returnTo,
        boolean adoptConversations,
        Instant expiresAt) {

    static PendingSignIn of(
            OAuth2AuthorizationRequest request, String returnTo, boolean adoptConversations, Instant expiresAt) {
        return new PendingSignIn(
                Objects.requireNonNull(request.getState()),
                Objects.requireNonNull(request.<String>getAttribute(OidcParameterNames.NONCE)),
                Objects.requireNonNull(request.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)),
                Objects.requireNonNull(request.getRedirectUri()),
                returnTo,
                adoptConversations,
                expiresAt);
    }

    /** The request to the provider as it was sent. */
    OAuth2AuthorizationRequest toRequest(ClientRegistration registration) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(
                        Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
                .clientId(registration.getClientId())
                .redirectUri(redirectUri)
                .scopes(registration.getScopes())
                .state(state)
                .attributes(Map.of(
                        OAuth2ParameterNames.REGISTRATION_ID, registration.getRegistrationId(),
                        OidcParameterNames.NONCE, nonce,
                        PkceParameterNames.CODE_VERIFIER, codeVerifier))
                .build();
    }
}
