package dev.lectern.security.keys;

import dev.lectern.http.EntityTag;
import dev.lectern.http.Page;
import dev.lectern.security.CollectionAccess;
import dev.lectern.security.CollectionLookup;
import dev.lectern.security.EndUser;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.AccountChanged;
import dev.lectern.security.keys.StoredApiKey.Secret;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The keys of programs. A person has keys of their own, which can do at most what the person can; administrators see all keys and have those of the server, which
 * belong to nobody. A change holds on every node within a second. Thread-safe.
 */
@Service
public class ApiKeys {
    /** Most keys of one person that are not revoked. */
    public static final int MAX_OF_PERSON = 50;

    /** Most keys of the server that are not revoked. */
    public static final int MAX_OF_SERVER = 500;

    /** Most collections of one key. */
    public static final int MAX_COLLECTIONS = 100;

    /** Longest time for which the former secret goes on after an exchange. */
    public static final Duration MAX_OVERLAP = Duration.ofDays(7);

    static final int MAX_PAGE = 200;
    private static final int MAX_NAME = 100;
    /** How long a refusal can say that a key was revoked, and not that it is unknown. */
    private static final Duration REVOKED_KEPT = Duration.ofDays(90);

    private static final Set<Scope> FOR_ADMINISTRATORS = EnumSet.of(Scope.ADMIN, Scope.METRICS);

    private final ApiKeyRepository keys;
    private final AccessChanges changes;
    private final CollectionAccess access;
    private final CollectionLookup collections;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(
            ApiKeyRepository keys,
            AccessChanges changes,
            CollectionAccess access,
            CollectionLookup collections,
            ApplicationEventPublisher events,
            IdGenerator ids,
            InstantSource clock) {
        this.keys = keys;
        this.changes = changes;
        this.access = access;
        this.collections = collections;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What a key is to be; null leaves it as it is, or for a new key as the default says.
     *
     * @param name 1 to 100 visible characters; required for a new key
     * @param scopes at least one; required for a new key
     * @param collections those that it is for; empty, the default, for all that its owner may use
     * @param expiry from when on it is refused, by default never
     */
    public record Change(
            @Nullable String name,
            @Nullable Set<Scope> scopes,
            @Nullable Set<CollectionId> collections,
            @Nullable Expiry expiry) {}

    /**
     * When a key ends.
     *
     * @param at null for never
     */
    public record Expiry(@Nullable Instant at) {}

    /**
     * A key with a secret that is shown once. Never log it.
     *
     * @param secret what the program sends
     */
    public record IssuedApiKey(StoredApiKey key, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "IssuedApiKey[" + key.id() + "]";
        }
    }

    /**
     * The keys that the caller may see, in the order of their creation: for administrators all, for others their own.
     *
     * @param after id of the last key of the page before; null for the first page
     * @param limit 1 to 200
     */
    public Page<StoredApiKey> list(Caller caller, @Nullable String after, int limit) {
        requireManager(caller);
        if (limit < 1 || limit > MAX_PAGE) {
            throw LecternException.invalid("limit", "The limit must be between 1 and " + MAX_PAGE + ".");
        }
        String begin = after == null ? "" : after;
        List<StoredApiKey> found =
                caller.isAdministrator() ? keys.list(begin, limit + 1) : keys.listOf(caller.id(), begin, limit + 1);
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).id());
    }

    /** @throws LecternException NOT_FOUND */
    public StoredApiKey get(Caller caller, String id) {
        requireManager(caller);
        return keys.find(id)
                .filter(key -> key.revokedAt() == null)
                .filter(key -> caller.isAdministrator() || caller.id().equals(key.owner()))
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND, "No API key has this id. GET /api/v1/api-keys lists the keys."));
    }

    /**
     * Adds a key.
     *
     * @param isOfServer whether it belongs to nobody, for administrators; otherwise it is the caller's own
     * @param wanted without collections, a key that is made by a key for some collections is for the same
     * @throws LecternException INVALID_REQUEST; FORBIDDEN for scopes that the caller may not give; CONFLICT when there are too many keys
     */
    public IssuedApiKey create(Caller caller, boolean isOfServer, Change wanted) {
        requireManager(caller);
        String owner = isOfServer || !(caller instanceof Caller.User) ? null : caller.id();
        if (owner == null && !caller.isAdministrator()) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN,
                    "Only administrators make keys of the server. Leave `server` out to make a key of your own.");
        }
        if (wanted.name() == null || wanted.scopes() == null) {
            String field = wanted.name() == null ? "name" : "scopes";
            throw LecternException.invalid(field, "The field `" + field + "` is missing. Send it.");
        }
        String token = ApiKeyToken.create(random);
        Instant now = clock.instant();
        Set<CollectionId> least = caller instanceof Caller.ApiKey giver ? giver.collections() : Set.of();
        StoredApiKey key = apply(
                caller,
                wanted,
                new StoredApiKey(
                        ids.next(), "", owner, Set.of(), least, now, null, null, null, List.of(secret(token, now)), 0));
        changes.make(() -> {
            requireRoom(owner);
            keys.deleteRevokedBefore(now.minus(REVOKED_KEPT));
            keys.add(key);
            events.publishEvent(new ApiKeyChanged(caller, ApiKeyChanged.Kind.CREATED, key, scopesOf(key)));
        });
        return new IssuedApiKey(key, token);
    }

    /**
     * Changes a key.
     *
     * @param ifMatch as {@link EntityTag#requireMatch} takes it; null for none
     * @throws LecternException NOT_FOUND; PRECONDITION_FAILED; otherwise as {@link #create}
     */
    public StoredApiKey change(Caller caller, String id, Change wanted, @Nullable String ifMatch) {
        return changes.make(() -> {
            StoredApiKey before = get(caller, id);
            StoredApiKey after = apply(caller, wanted, before);
            EntityTag.requireMatch(ifMatch, tag(before));
            keys.update(after);
            events.publishEvent(new ApiKeyChanged(caller, ApiKeyChanged.Kind.CHANGED, after, scopesOf(after)));
            return get(caller, id);
        });
    }

    /**
     * Gives a key another secret. The former one goes on for a while, so that programs can be changed over one by one; one that is even older ends at once.
     *
     * @param overlap zero to {@link #MAX_OVERLAP}
     * @throws LecternException NOT_FOUND; INVALID_REQUEST; CONFLICT for a key that has expired
     */
    public IssuedApiKey exchange(Caller caller, String id, Duration overlap) {
        if (overlap.isNegative() || overlap.compareTo(MAX_OVERLAP) > 0) {
            throw LecternException.invalid(
                    "overlapHours", "The overlap must be between 0 and " + MAX_OVERLAP.toHours() + " hours.");
        }
        String token = ApiKeyToken.create(random);
        return changes.make(() -> {
            StoredApiKey before = get(caller, id);
            Instant now = clock.instant();
            if (!before.isValidAt(now)) {
                throw new LecternException(
                        ErrorCode.CONFLICT, "The key has expired. Change `expiresAt` first, or make another key.");
            }
            List<Secret> former = before.secrets();
            for (int i = 0; i < former.size(); i++) {
                if (i == 0 && !overlap.isZero()) {
                    keys.setSecretExpiry(former.get(i).hash(), now.plus(overlap));
                } else {
                    keys.deleteSecret(former.get(i).hash());
                }
            }
            keys.addSecret(id, secret(token, now));
            keys.raiseVersion(id);
            StoredApiKey after = get(caller, id);
            events.publishEvent(new ApiKeyChanged(
                    caller, ApiKeyChanged.Kind.EXCHANGED, after, "overlap of " + overlap.toHours() + " h"));
            return new IssuedApiKey(after, token);
        });
    }

    /**
     * Revokes a key with all its secrets.
     *
     * @param ifMatch as {@link EntityTag#requireMatch} takes it; null for none
     * @throws LecternException NOT_FOUND; PRECONDITION_FAILED
     */
    public void revoke(Caller caller, String id, @Nullable String ifMatch) {
        changes.make(() -> {
            StoredApiKey key = get(caller, id);
            EntityTag.requireMatch(ifMatch, tag(key));
            keys.revoke(id, clock.instant());
            events.publishEvent(new ApiKeyChanged(caller, ApiKeyChanged.Kind.REVOKED, key, ""));
        });
    }

    /** The entity tag of a key. */
    public static String tag(StoredApiKey key) {
        return EntityTag.of(key.id(), key.version());
    }

    /** The keys of a deleted person go with the account, in its transaction. */
    @EventListener
    void deleteKeys(AccountChanged event) {
        if (event.kind() == AccountChanged.Kind.DELETED) {
            keys.deleteOf(event.user().id());
        }
    }

    private static void requireManager(Caller caller) {
        if (!(caller instanceof Caller.User) && !caller.isAdministrator()) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN,
                    caller instanceof Caller.ApiKey
                            ? "Keys are managed by people, and by keys with the scope `admin`. Sign in to change your keys."
                            : "Sign in to make and see API keys.");
        }
    }

    private void requireRoom(@Nullable String owner) {
        int most = owner == null ? MAX_OF_SERVER : MAX_OF_PERSON;
        if (keys.count(owner) >= most) {
            throw new LecternException(
                    ErrorCode.CONFLICT,
                    owner == null
                            ? "The server has " + most
                                    + " keys, which is the most. Revoke one that is not used any more."
                            : "You have " + most
                                    + " keys, which is the most. Revoke one that you do not use any more.");
        }
    }

    private StoredApiKey apply(Caller caller, Change wanted, StoredApiKey key) {
        return new StoredApiKey(
                key.id(),
                wanted.name() == null ? key.name() : requireName(wanted.name()),
                key.owner(),
                wanted.scopes() == null ? key.scopes() : requireScopes(caller, key, wanted.scopes()),
                wanted.collections() == null ? key.collections() : requireCollections(caller, wanted.collections()),
                key.createdAt(),
                wanted.expiry() == null
                        ? key.expiresAt()
                        : requireFuture(wanted.expiry().at()),
                key.revokedAt(),
                key.lastUsedAt(),
                key.secrets(),
                key.version());
    }

    private static String requireName(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || !EndUser.isVisible(name)) {
            throw LecternException.invalid(
                    "name",
                    "The name must have 1 to " + MAX_NAME + " visible characters, such as the name of the program.");
        }
        return name;
    }

    /** The owner bounds a key at each request anyway. What an administrator has given stays when the owner changes something else. */
    private static Set<Scope> requireScopes(Caller caller, StoredApiKey key, Set<Scope> scopes) {
        if (scopes.isEmpty()) {
            throw LecternException.invalid("scopes", "A key needs at least one scope: " + allScopes() + ".");
        }
        for (Scope scope : scopes) {
            if (FOR_ADMINISTRATORS.contains(scope)
                    && !caller.isAdministrator()
                    && !key.scopes().contains(scope)) {
                throw new LecternException(
                        ErrorCode.FORBIDDEN,
                        "Only administrators make keys with the scope `" + scope.text()
                                + "`. Leave it out, or ask an administrator for such a key.");
            }
        }
        return scopes;
    }

    private Set<CollectionId> requireCollections(Caller caller, Set<CollectionId> wanted) {
        if (wanted.size() > MAX_COLLECTIONS) {
            throw LecternException.invalid(
                    "collections",
                    "A key can be for " + MAX_COLLECTIONS + " collections. Leave the field out for all collections.");
        }
        if (caller instanceof Caller.ApiKey giver
                && !giver.collections().isEmpty()
                && (wanted.isEmpty() || !giver.collections().containsAll(wanted))) {
            throw new LecternException(
                    ErrorCode.FORBIDDEN, "A key for some collections makes keys for these only. Name some of them.");
        }
        for (CollectionId collection : wanted) {
            if (!collections.exists(collection) || !access.isGranted(caller, Permission.READ, collection)) {
                throw LecternException.invalid(
                        "collections",
                        "No collection that you can read has the id \"" + collection
                                + "\". GET /api/v1/collections lists them.");
            }
        }
        return wanted;
    }

    private @Nullable Instant requireFuture(@Nullable Instant expiry) {
        if (expiry != null && !expiry.isAfter(clock.instant())) {
            throw LecternException.invalid(
                    "expiresAt", "The time " + expiry + " is past. Send a later one, or leave the field out.");
        }
        return expiry;
    }

    private static Secret secret(String token, Instant now) {
        return new Secret(ApiKeyToken.hash(token), ApiKeyToken.hint(token), now, null);
    }

    private static String scopesOf(StoredApiKey key) {
        return key.scopes().stream().sorted().map(Scope::text).collect(Collectors.joining(", ", "scopes ", ""));
    }

    static String allScopes() {
        return List.of(Scope.values()).stream().map(Scope::text).collect(Collectors.joining(", "));
    }
}
