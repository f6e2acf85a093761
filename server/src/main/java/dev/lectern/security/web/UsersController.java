package dev.lectern.security.web;

import dev.lectern.http.Cursor;
import dev.lectern.http.EntityTag;
import dev.lectern.http.Page;
import dev.lectern.http.StoredResponse;
import dev.lectern.security.accounts.People;
import dev.lectern.security.accounts.Role;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.security.accounts.UserRepository;
import dev.lectern.security.signin.PasswordLinks;
import dev.lectern.security.signin.PasswordLinks.InvitedUser;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/users", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class UsersController {
    private static final String USERS = "users";

    private final People people;
    private final UserRepository users;
    private final PasswordLinks links;

    UsersController(People people, UserRepository users, PasswordLinks links) {
        this.people = people;
        this.users = users;
        this.links = links;
    }

    /**
     * A new account.
     *
     * @param name required; what the person signs in with, such as {@code anna}, 1 to 100 letters, digits and . _ @ + - and space, without regard to case
     * @param displayName what others see, 1 to 100 characters; the name without it
     * @param email absent when unknown
     * @param role {@code user} (without it) or {@code administrator}
     */
    record NewUserRequest(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String email,
            @Nullable String role) {}

    /**
     * What to change of an account; what is absent stays.
     *
     * @param displayName 1 to 100 characters
     * @param email empty for none
     * @param role {@code user} or {@code administrator}
     * @param disabled whether the person cannot sign in; sessions and keys end at once
     */
    record UserChangeRequest(
            @Nullable String displayName,
            @Nullable String email,
            @Nullable String role,
            @Nullable Boolean disabled) {}

    /**
     * Lists accounts in the order of their names.
     *
     * @param query part of the name or shown name, in any letter case; all without it
     */
    @GetMapping
    Page<UserView> listUsers(
            Caller caller,
            @RequestParam(required = false) @Nullable String query,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Page<UserAccount> page = people.list(caller, query, Cursor.itemOf(USERS, cursor), limit);
        return new Page<>(page.items().stream().map(this::view).toList(), Cursor.after(USERS, page.next()));
    }

    /**
     * Adds an account without a password, and invites its person: the response has a link with which the person chooses one, once and within a week. It is shown
     * only in this response, so the request has no {@code Idempotency-Key}. People whom an identity provider signs in do not need it.
     *
     * @throws LecternException CONFLICT if the name is taken
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<UserView> createUser(
            Caller caller,
            @RequestBody NewUserRequest body,
            HttpServletRequest request,
            HttpServletResponse response) {
        StoredResponse.discard(request);
        String name = body.name();
        if (name == null) {
            throw LecternException.invalid("name", "The field `name` is missing. Send what the person signs in with.");
        }
        Role role = body.role() == null ? Role.USER : role(body.role());
        InvitedUser invited = links.invite(
                caller, () -> people.create(caller, name, body.displayName(), body.email(), role), request);
        return ResponseEntity.created(
                        URI.create("/api/v1/users/" + invited.user().id()))
                .body(tagged(invited.user(), response).with(invited.invitation()));
    }

    /** Shows an account. */
    @GetMapping("/{id}")
    UserView getUser(Caller caller, @PathVariable String id, HttpServletResponse response) {
        return tagged(people.get(caller, id), response);
    }

    /**
     * Changes an account.
     *
     * @throws LecternException CONFLICT if no administrator who can sign in would be left
     */
    @PatchMapping("/{id}")
    UserView changeUser(
            Caller caller,
            @PathVariable String id,
            @RequestBody UserChangeRequest request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        People.Change change = new People.Change(
                request.displayName(),
                request.email(),
                request.role() == null ? null : role(request.role()),
                request.disabled());
        return tagged(people.change(caller, id, change, ifMatch), response);
    }

    /**
     * Deletes an account with its sessions, keys, grants and memberships.
     *
     * @throws LecternException CONFLICT if no administrator who can sign in would be left
     */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUser(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        people.delete(caller, id, ifMatch);
    }

    private static Role role(String text) {
        return Role.of(text)
                .orElseThrow(
                        () -> LecternException.invalid("role", "The role is unknown. Use `user` or `administrator`."));
    }

    private UserView tagged(UserAccount user, HttpServletResponse response) {
        EntityTag.write(People.tag(user), response);
        return view(user);
    }

    private UserView view(UserAccount user) {
        return UserView.of(user, users.groupsOf(user.id()));
    }
}
