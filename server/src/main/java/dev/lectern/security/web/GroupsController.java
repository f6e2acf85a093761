package dev.lectern.security.web;

import dev.lectern.http.EntityTag;
import dev.lectern.http.Page;
import dev.lectern.security.accounts.Group;
import dev.lectern.security.accounts.Groups;
import dev.lectern.security.accounts.UserAccount;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/groups", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class GroupsController {
    private final Groups groups;

    GroupsController(Groups groups) {
        this.groups = groups;
    }

    /**
     * People who are granted collections together.
     *
     * @param members number of people
     */
    record GroupView(String id, String name, long members, Instant createdAt) {
        static GroupView of(Group group) {
            return new GroupView(group.id(), group.displayName(), group.members(), group.createdAt());
        }
    }

    /**
     * A member of a group.
     *
     * @param id of the account
     * @param name what the person signs in with, such as {@code anna}
     * @param displayName what others see
     * @param disabled whether the person cannot sign in
     */
    record MemberView(String id, String name, String displayName, boolean disabled) {
        static MemberView of(UserAccount user) {
            return new MemberView(user.id(), user.name(), user.displayName(), !user.isActive());
        }
    }

    /**
     * A group with its members.
     *
     * @param members in the order of their names
     */
    record GroupDetailView(String id, String name, Instant createdAt, List<MemberView> members) {}

    /**
     * The name of a group.
     *
     * @param name required, 1 to 100 letters, digits and . _ @ + - and space, unique without regard to case
     */
    record GroupNameRequest(@Nullable String name) {
        String required() {
            if (name == null) {
                throw LecternException.invalid("name", "The field `name` is missing. Send the name of the group.");
            }
            return name;
        }
    }

    /** Lists all groups in the order of their names. */
    @GetMapping
    Page<GroupView> listGroups(Caller caller) {
        return new Page<>(groups.list(caller).stream().map(GroupView::of).toList(), null);
    }

    /**
     * Adds a group.
     *
     * @throws LecternException CONFLICT if the name is taken, or there are 1,000 groups already
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<GroupView> createGroup(
            Caller caller, @RequestBody GroupNameRequest request, HttpServletResponse response) {
        Group created = groups.create(caller, request.required());
        EntityTag.write(Groups.tag(created), response);
        return ResponseEntity.created(URI.create("/api/v1/groups/" + created.id()))
                .body(GroupView.of(created));
    }

    /** Shows a group with its members. */
    @GetMapping("/{id}")
    GroupDetailView getGroup(Caller caller, @PathVariable String id, HttpServletResponse response) {
        Group group = groups.get(caller, id);
        EntityTag.write(Groups.tag(group), response);
        return new GroupDetailView(
                group.id(),
                group.displayName(),
                group.createdAt(),
                groups.members(caller, id).stream().map(MemberView::of).toList());
    }

    /**
     * Renames a group.
     *
     * @throws LecternException CONFLICT if the name is taken
     */
    @PatchMapping("/{id}")
    GroupView renameGroup(
            Caller caller,
            @PathVariable String id,
            @RequestBody GroupNameRequest request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        Group renamed = groups.rename(caller, id, request.required(), ifMatch);
        EntityTag.write(Groups.tag(renamed), response);
        return GroupView.of(renamed);
    }

    /** Deletes a group with its grants; its members keep their accounts. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteGroup(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        groups.delete(caller, id, ifMatch);
    }

    /** Adds a person to a group; nothing changes for a member. */
    @PutMapping("/{id}/members/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void addGroupMember(Caller caller, @PathVariable String id, @PathVariable String user) {
        groups.addMember(caller, id, user);
    }

    /**
     * Removes a person from a group.
     *
     * @throws LecternException CONFLICT if an identity provider says that the person belongs to it
     */
    @DeleteMapping("/{id}/members/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeGroupMember(Caller caller, @PathVariable String id, @PathVariable String user) {
        groups.removeMember(caller, id, user);
    }
}
