package dev.lectern.library.web;

import dev.lectern.http.EntityTag;
import dev.lectern.library.CollectionSharing;
import dev.lectern.security.CollectionGrant;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.GranteeNames;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/collections/{id}/access", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.MANAGE)
class CollectionAccessController {
    private final CollectionSharing sharing;
    private final GranteeNames names;

    CollectionAccessController(CollectionSharing sharing, GranteeNames names) {
        this.sharing = sharing;
        this.names = names;
    }

    /**
     * A permission on a collection.
     *
     * @param to {@code everyone}, {@code signed_in}, {@code user} or {@code group}
     * @param id of the user or group; absent for the others
     * @param name of the user or group, as people see it; absent for the others
     * @param permission {@code read}, {@code write} or {@code manage}; each includes those before it
     */
    record GrantView(
            String to, @Nullable String id, @Nullable String name, String permission) {}

    /**
     * To whom a collection is granted.
     *
     * @param isDefault whether nobody has set it, so that it follows from the mode of the server
     * @param grants at most 200; with none only administrators reach the collection
     */
    record AccessView(boolean isDefault, List<GrantView> grants) {}

    /**
     * A permission to grant.
     *
     * @param to required: {@code everyone}, {@code signed_in}, {@code user} or {@code group}
     * @param id of the user or group; absent for the others, and for a user or group that is named
     * @param name of a user or group without {@code id}: what the person signs in with, or the name of the group
     * @param permission required: {@code read}, {@code write} or {@code manage}
     */
    record GrantRequest(
            @Nullable String to, @Nullable String id, @Nullable String name, @Nullable String permission) {
        CollectionGrant parse(GranteeNames names) {
            GranteeKind kind = GranteeKind.of(to == null ? "" : to)
                    .orElseThrow(() -> LecternException.invalid(
                            "grants.to", "The grantee must be `everyone`, `signed_in`, `user` or `group`."));
            Permission granted = Arrays.stream(Permission.values())
                    .filter(one -> one.text().equals(permission))
                    .findFirst()
                    .orElseThrow(() -> LecternException.invalid(
                            "grants.permission", "The permission must be `read`, `write` or `manage`."));
            String grantee = kind.hasId() ? grantee(kind, names) : "";
            if (!kind.hasId() && (id != null || name != null)) {
                throw LecternException.invalid(
                        "grants.id", "A grant to `everyone` or `signed_in` has no `id` and no `name`.");
            }
            return new CollectionGrant(kind, grantee, granted);
        }

        private String grantee(GranteeKind kind, GranteeNames names) {
            if (id != null && !id.isEmpty()) {
                return id;
            }
            if (name == null || name.isBlank()) {
                throw LecternException.invalid(
                        "grants.id", "A grant to a user or group needs the `id` or the `name` of it.");
            }
            return names.findId(kind, name)
                    .orElseThrow(() -> LecternException.invalid(
                            "grants.name", "No " + kind.text() + " has this name. Ask an administrator for it."));
        }
    }

    /**
     * The permissions of a collection.
     *
     * @param grants required, at most 200, one for each grantee; none makes it a collection of administrators
     */
    record AccessRequest(@Nullable List<GrantRequest> grants) {}

    /** Shows to whom a collection is granted. */
    @GetMapping
    AccessView getCollectionAccess(Caller caller, @PathVariable String id, HttpServletResponse response) {
        return tagged(sharing.get(caller, new CollectionId(id)), response);
    }

    /** Replaces what is granted on a collection. It holds everywhere within two seconds. */
    @PutMapping
    AccessView setCollectionAccess(
            Caller caller,
            @PathVariable String id,
            @RequestBody AccessRequest request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        if (request.grants() == null) {
            throw LecternException.invalid("grants", "The field `grants` is missing. Send a list, which may be empty.");
        }
        List<CollectionGrant> wanted =
                request.grants().stream().map(grant -> grant.parse(names)).toList();
        return tagged(sharing.replace(caller, new CollectionId(id), wanted, ifMatch), response);
    }

    private AccessView tagged(CollectionSharing.Sharing present, HttpServletResponse response) {
        EntityTag.write(present.tag(), response);
        return new AccessView(
                present.isDefault(), present.grants().stream().map(this::view).toList());
    }

    private GrantView view(CollectionGrant grant) {
        boolean named = grant.kind().hasId();
        return new GrantView(
                grant.kind().text(),
                named ? grant.id() : null,
                named ? names.nameOf(grant.kind(), grant.id()) : null,
                grant.permission().text());
    }
}
