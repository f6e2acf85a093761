package dev.lectern.security.oidc;

import dev.lectern.http.ClientAddress;
import dev.lectern.security.HostCookie;
import dev.lectern.security.SecretCipher;
import dev.lectern.security.SignInEvent;
import dev.lectern.security.signin.SignInService;
import dev.lectern.security.signin.UserSessions;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequiresScope(Scope.ADMIN)
@RequestMapping("/api/v1/session/provider")
class ProviderSessionController {
    private static final String PURPOSE = "provider_sign_in";
    private static final Duration COOKIE_LIFETIME = Duration.ofMinutes(15);
    /** A path of this server, and no address of another one such as {@code //example.org}. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]{0,1000}");

    private static final Logger log = LoggerFactory.getLogger(ProviderSessionController.class);

    private final ProviderSignIn signIn;
    private final ProviderRegistration registrations;
    private final TokenDecoders decoders;
    private final ProviderSessionRepository providerSessions;
    private final SignInService sessions;
    private final UserSessions userSessions;
    private final SecretCipher cipher;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;
    private final HostCookie cookie = new HostCookie("lectern_sign_in");

    ProviderSessionController(
            ProviderSignIn signIn,
            ProviderRegistration registrations,
            TokenDecoders decoders,
            ProviderSessionRepository providerSessions,
            SignInService sessions,
            UserSessions userSessions,
            SecretCipher cipher,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.signIn = signIn;
        this.registrations = registrations;
        this.decoders = decoders;
        this.providerSessions = providerSessions;
        this.sessions = sessions;
        this.userSessions = userSessions;
        this.cipher = cipher;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Sends the browser to the identity provider to sign in, or, if that is not possible now, to the page for signing in, which says why. A link of another site
     * leads to that page too: only who is on it begins a sign-in.
     *
     * @param returnTo path of the page to open afterwards, such as {@code /}
     * @param adoptConversations whether the account takes over the conversations that this browser has begun without signing in
     */
    @GetMapping
    ResponseEntity<Void> signInAtProvider(
            @RequestParam(defaultValue = "/") String returnTo,
            @RequestParam(defaultValue = "false") boolean adoptConversations,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!OWN_PATH.matcher(returnTo).matches()) {
            throw LecternException.invalid(
                    "returnTo", "The page to return to must be a path of this server, such as /.");
        }
        if (isForeign(request)) {
            return redirect(URI.create(ClientAddress.of(request).external().prefix() + "/sign-in"));
        }
        try {
            ProviderSignIn.Begun begun = signIn.begin(request, returnTo, adoptConversations);
            String encrypted = cipher.encrypt(JsonMapper.shared().writeValueAsString(begun.pending()), PURPOSE);
            cookie.add(encrypted, COOKIE_LIFETIME, request, response);
            return redirect(begun.address());
        } catch (LecternException failure) {
            if (failure.code() == ErrorCode.NOT_FOUND) {
                throw failure;
            }
            log.warn("A sign-in at the identity provider could not begin: {}", failure.getMessage());
            return redirectToSignIn(request, failure);
        }
    }

    /**
     * Ends the sign-in at the identity provider, which sends the browser here, and opens the page that it began on. If it fails, the page for signing in says why.
     *
     * @param code of the provider
     * @param state as it was sent to the provider
     * @param iss the issuer, of providers that send it
     * @param error code of the provider if it signs nobody in
     */
    @GetMapping("/callback")
    ResponseEntity<Void> completeSignInAtProvider(
            Caller caller,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String iss,
            @RequestParam(required = false) @Nullable String error,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            PendingSignIn pending = pending(request)
                    .orElseThrow(() -> new LecternException(
                            ErrorCode.UNAUTHENTICATED,
                            "This browser has begun no sign-in, or it took too long. Begin it again."));
            cookie.delete(request, response);
            if (error != null || code == null || state == null) {
                throw new LecternException(
                        ErrorCode.UNAUTHENTICATED, "The identity provider has signed nobody in. Begin it again.");
            }
            ProviderSignIn.SignedIn signedIn = signIn.complete(pending, code, state, iss);
            Caller.User user = sessions.start(signedIn.user(), "identity provider", request, response);
            providerSessions.add(
                    new ProviderSessionRepository.ProviderSession(
                            request.getSession().getId(),
                            signedIn.issuer(),
                            signedIn.subject(),
                            signedIn.sid(),
                            signedIn.user().id()),
                    signedIn.refreshToken(),
                    clock.instant());
            if (pending.adoptConversations()) {
                sessions.adopt(caller, user);
            }
            String prefix = ClientAddress.of(request).external().prefix();
            return redirect(URI.create(prefix + pending.returnTo()));
        } catch (LecternException failure) {
            log.warn(
                    "A sign-in at the identity provider failed: {} ({})",
                    failure.getMessage(),
                    failure.getCause() == null ? "" : ProviderFailure.describe(failure.getCause()));
            events.publishEvent(new SignInEvent(
                    SignInEvent.Kind.SIGN_IN_FAILED,
                    null,
                    "",
                    ClientAddress.of(request).text(),
                    String.valueOf(failure.getMessage())));
            return redirectToSignIn(request, failure);
        }
    }

    /**
     * Ends the sessions that a logout token of the identity provider names (OpenID Connect Back-Channel Logout).
     *
     * @param token signed by the provider
     */
    @PostMapping(path = "/logout", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endProviderSessions(@RequestParam("logout_token") String token) {
        if (!registrations.isConfigured()) {
            throw new LecternException(ErrorCode.NOT_FOUND, "No identity provider is configured.");
        }
        Jwt logout = decode(token);
        String issuer = registrations.issuer();
        String id = Objects.requireNonNull(logout.getId(), "Checked by LogoutTokenValidator");
        Instant expiresAt = Objects.requireNonNull(logout.getExpiresAt(), "Checked by LogoutTokenValidator");
        if (!providerSessions.useLogoutToken(issuer, id, expiresAt, clock.instant())) {
            throw LecternException.invalid("logout_token", "The logout token was used before.");
        }
        providerSessions
                .find(issuer, logout.getSubject(), logout.getClaimAsString("sid"))
                .forEach(session -> {
                    userSessions.end(session.user(), session.sessionId());
                    providerSessions.delete(session.sessionId());
                });
    }

    private Jwt decode(String token) {
        try {
            return decoders.logoutDecoder(registrations.get()).decode(token);
        } catch (JwtException wrong) {
            log.warn("A logout token was refused: {}", wrong.getMessage());
            throw LecternException.invalid("logout_token", "The logout token is not valid.");
        }
    }

    private Optional<PendingSignIn> pending(HttpServletRequest request) {
        return cookie.read(request).stream().findFirst().flatMap(encrypted -> {
            try {
                return Optional.of(
                        JsonMapper.shared().readValue(cipher.decrypt(encrypted, PURPOSE), PendingSignIn.class));
            } catch (LecternException | JacksonException forged) {
                log.debug("The cookie of a sign-in is not one of this server", forged);
                return Optional.empty();
            }
        });
    }

    /** Whether another site has sent the browser here. Browsers without Fetch Metadata, or without HTTPS, say at most from which page they come. */
    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String page = request.getHeader("Referer");
        return page != null
                && !page.startsWith(ClientAddress.of(request).external().origin() + "/");
    }

    private static String reason(LecternException failure) {
        return switch (failure.code()) {
            case FORBIDDEN -> "not_allowed";
            case SIGN_IN_UNAVAILABLE -> "provider_unavailable";
            case INTERNAL -> "server_failed";
            default -> "provider_refused";
        };
    }

    private static ResponseEntity<Void> redirectToSignIn(HttpServletRequest request, LecternException failure) {
        String prefix = ClientAddress.of(request).external().prefix();
        return redirect(URI.create(prefix + "/sign-in?error=" + reason(failure)));
    }

    private static ResponseEntity<Void> redirect(URI address) {
        return ResponseEntity.status(HttpStatus.FOUND).location(address).build();
    }
}
