package dev.lectern.security.signin.web;

import dev.lectern.security.passkeys.PasskeyOptions;
import dev.lectern.security.passkeys.PasskeySignIn;
import dev.lectern.security.signin.SignInService;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/session/passkey", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class PasskeySessionController {
    private final PasskeySignIn passkeys;
    private final SignInService signIn;
    private final SessionViewer viewer;

    PasskeySessionController(PasskeySignIn passkeys, SignInService signIn, SessionViewer viewer) {
        this.passkeys = passkeys;
        this.signIn = signIn;
        this.viewer = viewer;
    }

    /**
     * A passkey that somebody signs in with.
     *
     * @param challengeId required; of the options
     * @param credential required; as PublicKeyCredential.toJSON() of browsers gives it
     * @param adoptConversations whether the account takes over the conversations that this browser has begun without signing in
     */
    record PasskeySignInRequest(
            @Nullable String challengeId,
            @Nullable Map<String, Object> credential,
            @Nullable Boolean adoptConversations) {
        @Override
        public String toString() {
            return "PasskeySignInRequest[]";
        }
    }

    /**
     * Begins a sign-in with a passkey: the browser uses one by these options, within five minutes.
     *
     * @throws LecternException HTTPS_REQUIRED or ORIGIN_NOT_ALLOWED under an address for which browsers have no passkeys; QUOTA_EXCEEDED after too many that
     *     failed
     */
    @PostMapping("/options")
    PasskeyOptions createPasskeySignInOptions(HttpServletRequest request) {
        return passkeys.begin(request);
    }

    /**
     * Signs a person in with a passkey, which is both factors: the response sets the cookie of a new session.
     *
     * @throws LecternException UNAUTHENTICATED for one that is not accepted, with the same text whatever is wrong; QUOTA_EXCEEDED after too many that failed
     */
    @PostMapping
    SessionView createSessionWithPasskey(
            Caller caller,
            @RequestBody PasskeySignInRequest body,
            HttpServletRequest request,
            HttpServletResponse response) {
        Caller.User user = passkeys.signIn(
                RequiredFields.text("challengeId", body.challengeId()),
                RequiredFields.value("credential", body.credential()),
                request,
                response);
        if (Boolean.TRUE.equals(body.adoptConversations())) {
            signIn.adopt(caller, user);
        }
        return viewer.view(user, request);
    }
}
