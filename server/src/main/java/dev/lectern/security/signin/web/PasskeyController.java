package dev.lectern.security.signin.web;

import dev.lectern.security.passkeys.Passkey;
import dev.lectern.security.passkeys.PasskeyOptions;
import dev.lectern.security.passkeys.Passkeys;
import dev.lectern.security.signin.AccountService;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/account/passkeys", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class PasskeyController {
    private final AccountService accounts;
    private final Passkeys passkeys;

    PasskeyController(AccountService accounts, Passkeys passkeys) {
        this.accounts = accounts;
        this.passkeys = passkeys;
    }

    /**
     * A passkey of one's own.
     *
     * @param lastUsedAt the last sign-in with it; absent before the first
     */
    record PasskeyView(
            String id,
            String name,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {
        static PasskeyView of(Passkey passkey) {
            return new PasskeyView(passkey.id(), passkey.name(), passkey.createdAt(), passkey.lastUsedAt());
        }
    }

    /** All passkeys, the oldest first. */
    record PasskeyList(List<PasskeyView> items) {}

    /**
     * The factors, to prove that it is still the same person.
     *
     * @param password required; the present one
     * @param code of the second factor: six digits of the app, or a recovery code; absent without one
     */
    record FactorsRequest(
            @Nullable String password, @Nullable String code) {
        @Override
        public String toString() {
            return "FactorsRequest[]";
        }
    }

    /**
     * A passkey that an authenticator has made.
     *
     * @param challengeId required; of the options
     * @param name required; 1 to 100 characters
     * @param credential required; as PublicKeyCredential.toJSON() of browsers gives it
     */
    record NewPasskeyRequest(
            @Nullable String challengeId,
            @Nullable String name,
            @Nullable Map<String, Object> credential) {}

    /**
     * Another name.
     *
     * @param name required; 1 to 100 characters
     */
    record PasskeyNameRequest(@Nullable String name) {}

    /**
     * The password, to prove that it is still the same person.
     *
     * @param password required; the present one
     */
    record PasskeyDeletionRequest(@Nullable String password) {
        @Override
        public String toString() {
            return "PasskeyDeletionRequest[]";
        }
    }

    /** Lists one's own passkeys. */
    @GetMapping
    PasskeyList listPasskeys(Caller caller) {
        return new PasskeyList(passkeys.list(accounts.get(caller).id()).stream()
                .map(PasskeyView::of)
                .toList());
    }

    /**
     * Begins to add a passkey: the browser makes it by these options, within five minutes and in this session.
     *
     * @throws LecternException INVALID_REQUEST for a wrong password or code; CONFLICT for who has 20 passkeys or no password
     */
    @PostMapping("/options")
    PasskeyOptions createPasskeyOptions(Caller caller, @RequestBody FactorsRequest body, HttpServletRequest request) {
        return passkeys.begin(
                accounts.get(caller), RequiredFields.text("password", body.password()), body.code(), request);
    }

    /**
     * Adds the passkey that the browser has made. From now on one can sign in with it.
     *
     * @throws LecternException INVALID_REQUEST if it was made for something else; GONE after five minutes or a second time; CONFLICT for who has 20 passkeys
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    PasskeyView createPasskey(Caller caller, @RequestBody NewPasskeyRequest body, HttpServletRequest request) {
        return PasskeyView.of(passkeys.add(
                accounts.get(caller),
                RequiredFields.text("challengeId", body.challengeId()),
                RequiredFields.text("name", body.name()),
                RequiredFields.value("credential", body.credential()),
                request));
    }

    /**
     * Renames one of one's own passkeys.
     *
     * @throws LecternException NOT_FOUND if the person has no such passkey
     */
    @PatchMapping("/{id}")
    PasskeyView renamePasskey(
            Caller caller, @PathVariable String id, @RequestBody PasskeyNameRequest body, HttpServletRequest request) {
        return PasskeyView.of(
                passkeys.rename(accounts.get(caller), id, RequiredFields.text("name", body.name()), request));
    }

    /**
     * Deletes one of one's own passkeys. It signs nobody in any more.
     *
     * @throws LecternException INVALID_REQUEST for a wrong password; NOT_FOUND if the person has no such passkey
     */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deletePasskey(
            Caller caller,
            @PathVariable String id,
            @RequestBody PasskeyDeletionRequest body,
            HttpServletRequest request) {
        passkeys.delete(accounts.get(caller), id, RequiredFields.text("password", body.password()), request);
    }
}
