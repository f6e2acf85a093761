package dev.lectern.library;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.http.EntityTag;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.CollectionGrant;
import dev.lectern.security.CollectionGrants;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** To whom collections are granted, for those who may manage them. Thread-safe. */
@Service
public class CollectionSharing {
    private final CollectionGrants grants;
    private final CollectionAccess access;
    private final LibraryCollections collections;
    private final ConditionalChanges changes;
    private final TransactionTemplate transactions;
    private final AuditLog auditLog;

    CollectionSharing(
            CollectionGrants grants,
            CollectionAccess access,
            LibraryCollections collections,
            ConditionalChanges changes,
            TransactionTemplate transactions,
            AuditLog auditLog) {
        this.grants = grants;
        this.access = access;
        this.collections = collections;
        this.changes = changes;
        this.transactions = transactions;
        this.auditLog = auditLog;
    }

    /**
     * The grants of a collection.
     *
     * @param isDefault whether they are those of the server's mode, since nobody has set them
     */
    public record Sharing(boolean isDefault, List<CollectionGrant> grants) {
        public Sharing {
            grants = List.copyOf(grants);
        }

        /** The entity tag of these grants. */
        public String tag() {
            return EntityTag.of(isDefault, grants);
        }
    }

    /** @throws LecternException NOT_FOUND if the collection does not exist or the caller may not read it; FORBIDDEN if the caller may not manage it */
    public Sharing get(Caller caller, CollectionId collection) {
        collections.readableBy(caller, List.of(collection));
        access.require(caller, Permission.MANAGE, collection, LibraryCollections::notFound);
        return read(collection);
    }

    /**
     * Replaces the grants of a collection. Administrators reach it whatever they are.
     *
     * @param ifMatch as {@link EntityTag#requireMatch} takes it; null for none
     * @throws LecternException as {@link #get}; PRECONDITION_FAILED; INVALID_REQUEST as {@link CollectionGrants#replace}
     */
    public Sharing replace(
            Caller caller, CollectionId collection, List<CollectionGrant> wanted, @Nullable String ifMatch) {
        get(caller, collection);
        transactions.executeWithoutResult(
                _ -> changes.change(caller, collection, ifMatch, () -> read(collection).tag(), () -> {
                    grants.replace(collection, wanted);
                    auditLog.record(AuditEntry.of(AuditAction.GRANT_CHANGED, caller, "collection", collection.value())
                            .with("grants", describe(wanted)));
                }));
        return read(collection);
    }

    private static String describe(List<CollectionGrant> grants) {
        return grants.stream()
                .map(grant -> grant.kind().text() + (grant.id().isEmpty() ? "" : " " + grant.id()) + ": "
                        + grant.permission().text())
                .collect(Collectors.joining(", "));
    }

    private Sharing read(CollectionId collection) {
        return new Sharing(!grants.isSet(collection), grants.of(collection));
    }
}
