package dev.lectern.security.signin.web;

import dev.lectern.security.SignInEvent.Kind;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.passkeys.Passkeys;
import dev.lectern.security.signin.AccountService;
import dev.lectern.security.signin.PasswordLinks;
import dev.lectern.security.signin.PasswordLinks.PasswordLink;
import dev.lectern.security.signin.SecondFactors;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequiresScope(Scope.ADMIN)
@RequestMapping(path = "/api/v1/users/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class SignInHelpController {
    private final People people;
    private final PasswordLinks links;
    private final AccountService accounts;
    private final SecondFactors secondFactors;
    private final Passkeys passkeys;

    SignInHelpController(
            People people,
            PasswordLinks links,
            AccountService accounts,
            SecondFactors secondFactors,
            Passkeys passkeys) {
        this.people = people;
        this.links = links;
        this.accounts = accounts;
        this.secondFactors = secondFactors;
        this.passkeys = passkeys;
    }

    /**
     * Makes a link with which a person chooses another password: for a day, or, as long as there is no password, for a week. Former links of the person do not work any
     * more; the present password does until then. The second factor and passkeys stay.
     *
     * @throws LecternException NOT_FOUND if nobody has the id
     */
    @PostMapping("/password-reset")
    PasswordLink createPasswordLink(Caller caller, @PathVariable String id, HttpServletRequest request) {
        return links.create(caller, people.get(caller, id), request);
    }

    /** Removes the second factor of a person who has lost it. */
    @DeleteMapping("/second-factor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSecondFactor(Caller caller, @PathVariable String id, HttpServletRequest request) {
        UserAccount user = people.get(caller, id);
        secondFactors.remove(user);
        accounts.publish(Kind.SECOND_FACTOR_REMOVED, caller, user, request);
    }

    /** Deletes all passkeys of a person who has lost them, or whose account somebody else has used. */
    @DeleteMapping("/passkeys")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removePasskeys(Caller caller, @PathVariable String id, HttpServletRequest request) {
        passkeys.deleteAll(caller, people.get(caller, id), request);
    }
}
