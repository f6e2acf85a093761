package dev.lectern.security.oidc;

import dev.lectern.http.ClientAddress;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * The authorization code flow of OpenID Connect with PKCE, state and nonce, by Spring Security. The browser is sent to the provider and comes back with a code, for
 * which the provider gives an ID token. Thread-safe.
 */
@Component
final class ProviderSignIn {
    private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(15);
    private static final String CALLBACK = "/api/v1/session/provider/callback";

    private final ProviderRegistration registrations;
    private final ExternalAccounts accounts;
    private final OidcProperties properties;
    private final InstantSource clock;
    private final OidcAuthorizationCodeAuthenticationProvider codes;

    ProviderSignIn(
            ProviderRegistration registrations,
            ProviderClient client,
            TokenDecoders decoders,
            ExternalAccounts accounts,
            OidcProperties properties,
            InstantSource clock) {
        this.registrations = registrations;
        this.accounts = accounts;
        this.properties = properties;
        this.clock = clock;
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(client.tokens());
        DefaultOAuth2UserService userInformation = new DefaultOAuth2UserService();
        userInformation.setRestOperations(client.json());
        OidcUserService users = new OidcUserService();
        users.setOauth2UserService(userInformation);
        this.codes = new OidcAuthorizationCodeAuthenticationProvider(tokens, users);
        codes.setJwtDecoderFactory(decoders);
    }

    /**
     * Where a browser is sent to, and what it has to bring back.
     *
     * @param pending for {@link #complete}
     */
    record Begun(URI address, PendingSignIn pending) {}

    /**
     * Somebody whom the provider has signed in.
     *
     * @param sid the provider's name of its session; null when it has none
     * @param refreshToken null when the provider gives none
     */
    record SignedIn(
            UserAccount user,
            String issuer,
            String subject,
            @Nullable String sid,
            @Nullable String refreshToken) {}

    /**
     * Begins a sign-in.
     *
     * @param returnTo path of the page to open afterwards
     * @param adoptConversations whether the account takes over what the visitor has
     * @throws LecternException SIGN_IN_UNAVAILABLE if the provider cannot be reached; NOT_FOUND if there is none
     */
    Begun begin(HttpServletRequest request, String returnTo, boolean adoptConversations) {
        ClientRegistration registration = registration(request);
        DefaultOAuth2AuthorizationRequestResolver resolver =
                new DefaultOAuth2AuthorizationRequestResolver(_ -> registration);
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        OAuth2AuthorizationRequest made = resolver.resolve(request, ProviderRegistration.ID);
        if (made == null) {
            throw new IllegalStateException("The registration has the authorization code flow");
        }
        return new Begun(
                URI.create(made.getAuthorizationRequestUri()),
                PendingSignIn.of(made, returnTo, adoptConversations, clock.instant().plus(TIME_TO_SIGN_IN)));
    }

    /**
     * Ends a sign-in.
     *
     * @param pending what this browser has begun
     * @param code of the provider
     * @param state as it came back
     * @param issuer as it came back (RFC 9207); null when the provider sends none
     * @throws LecternException UNAUTHENTICATED if anything of the answer is not as it has to be; FORBIDDEN if the person may not sign in; SIGN_IN_UNAVAILABLE if the provider cannot be reached
     */
    SignedIn complete(PendingSignIn pending, String code, String state, @Nullable String issuer) {
        ClientRegistration registration = registrations.get();
        if (!clock.instant().isBefore(pending.expiresAt())) {
            throw refused("The sign-in took too long.", null);
        }
        if (issuer != null && !issuer.equals(registrations.issuer())) {
            throw refused("The answer is of another identity provider.", null);
        }
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(code)
                .redirectUri(pending.redirectUri())
                .state(state)
                .build();
        OAuth2AuthorizationExchange exchange =
                new OAuth2AuthorizationExchange(pending.toRequest(registration), response);
        OAuth2LoginAuthenticationToken result = authenticate(registration, exchange);
        if (!(result.getPrincipal() instanceof OidcUser person) || person.getSubject() == null) {
            throw refused("The provider says nothing of the person.", null);
        }
        ProviderClaims claims = ProviderClaims.of(
                registrations.issuer(), person.getSubject(), person.getClaims(), properties.groupsClaim());
        String sid = person.getIdToken().getClaims().get("sid") instanceof String text ? text : null;
        OAuth2RefreshToken refreshToken = result.getRefreshToken();
        return new SignedIn(
                accounts.signIn(claims),
                claims.issuer(),
                claims.subject(),
                sid,
                refreshToken == null ? null : refreshToken.getTokenValue());
    }

    private OAuth2LoginAuthenticationToken authenticate(
            ClientRegistration registration, OAuth2AuthorizationExchange exchange) {
        try {
            Object result = codes.authenticate(new OAuth2LoginAuthenticationToken(registration, exchange));
            return Optional.ofNullable((OAuth2LoginAuthenticationToken) result)
                    .orElseThrow(() -> refused("The provider gave no ID token.", null));
        } catch (OAuth2AuthenticationException e) {
            throw refused(String.valueOf(e.getError().getErrorCode()), e);
        } catch (OAuth2AuthorizationException e) {
            throw refused(String.valueOf(e.getError().getErrorCode()), e);
        } catch (AuthenticationException | IllegalArgumentException e) {
            throw refused("The answer of the provider is malformed.", e);
        }
    }

    /** With the address under which the browser reaches this server, behind proxies too. */
    private ClientRegistration registration(HttpServletRequest request) {
        if (!registrations.isConfigured()) {
            throw new LecternException(
                    ErrorCode.NOT_FOUND, "No identity provider is configured. Sign in with a password.");
        }
        var external = ClientAddress.of(request).external();
        return ClientRegistration.withClientRegistration(registrations.get())
                .redirectUri(external.origin() + external.prefix() + CALLBACK)
                .build();
    }

    /** @param reason for the log and the audit log; readers get the same text whatever it is */
    private static LecternException refused(String reason, @Nullable Exception cause) {
        return new LecternException(
                ErrorCode.UNAUTHENTICATED,
                "The sign-in at the identity provider failed (" + reason + "). Begin it again.",
                cause);
    }
}
