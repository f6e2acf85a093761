package dev.lectern.security.keys.web;

import dev.lectern.http.Cursor;
import dev.lectern.http.EntityTag;
import dev.lectern.http.Page;
import dev.lectern.http.StoredResponse;
import dev.lectern.security.GranteeKind;
import dev.lectern.security.GranteeNames;
import dev.lectern.security.keys.ApiKeys;
import dev.lectern.security.keys.ApiKeys.Change;
import dev.lectern.security.keys.ApiKeys.Expiry;
import dev.lectern.security.keys.ApiKeys.IssuedApiKey;
import dev.lectern.security.keys.StoredApiKey;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
@RequestMapping(path = "/api/v1/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
@RequiresScope(Scope.ADMIN)
class ApiKeyController {
    private static final String KEYS = "api-keys";
    private static final long DEFAULT_OVERLAP_HOURS = 24;

    private final ApiKeys keys;
    private final GranteeNames names;

    ApiKeyController(ApiKeys keys, GranteeNames names) {
        this.keys = keys;
        this.names = names;
    }

    /**
     * A key of a program.
     *
     * @param name what people call it
     * @param owner the person whose permissions bound it; absent for a key of the server
     * @param scopes what it can be used for: {@code ask}, {@code search}, {@code read}, {@code write}, {@code manage}, {@code metrics}, {@code admin}
     * @param collections ids of the collections that it is for; empty for all that its owner may use
     * @param expiresAt from when on it is refused; absent for never
     * @param lastUsedAt exact to a minute; absent before the first use
     * @param hint the first characters of its newest secret
     * @param secrets those that are valid, the newest first: one, or two while the key is exchanged
     * @param secret the whole secret; only in the response that made it
     */
    record ApiKeyView(
            String id,
            String name,
            @Nullable OwnerView owner,
            List<String> scopes,
            List<String> collections,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            String hint,
            List<SecretView> secrets,
            @Nullable String secret) {}

    /** The person who owns a key. */
    record OwnerView(String id, String name) {}

    /**
     * A secret of a key.
     *
     * @param hint its first characters
     * @param expiresAt from when on it is refused; absent for the newest
     */
    record SecretView(String hint, Instant createdAt, @Nullable Instant expiresAt) {}

    /**
     * A new key.
     *
     * @param name required, 1 to 100 visible characters
     * @param scopes required, at least one of {@code ask}, {@code search}, {@code read}, {@code write}, {@code manage}, and for administrators {@code metrics} and
     *     {@code admin}
     * @param collections at most 100 ids of the collections that it is for; empty, the default, for all that its owner may use
     * @param expiresAt from when on it is refused, as RFC 3339; absent for never
     * @param server whether the key belongs to nobody, for administrators; otherwise it is the caller's own
     */
    record NewApiKeyRequest(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable List<String> collections,
            @Nullable String expiresAt,
            @Nullable Boolean server) {}

    /**
     * What to change of a key; what is absent stays.
     *
     * @param name 1 to 100 visible characters
     * @param scopes at least one
     * @param collections at most 100 ids; empty for all collections
     * @param expiresAt as RFC 3339; empty for never
     */
    record ApiKeyChangeRequest(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable List<String> collections,
            @Nullable String expiresAt) {}

    /**
     * How a secret is exchanged.
     *
     * @param overlapHours for how long the former secret goes on, 0 to 168, by default 24
     */
    record ExchangeRequest(@Nullable Integer overlapHours) {}

    /** Lists keys in the order of their creation: for administrators all, for other people their own. */
    @GetMapping
    Page<ApiKeyView> listApiKeys(
            Caller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Page<StoredApiKey> page = keys.list(caller, Cursor.itemOf(KEYS, cursor), limit);
        return new Page<>(
                page.items().stream().map(key -> view(key, null)).toList(), Cursor.after(KEYS, page.next()));
    }

    /**
     * Makes a key. Its secret is shown only in this response, so the request has no {@code Idempotency-Key}.
     *
     * @throws LecternException FORBIDDEN for scopes that the caller may not give; CONFLICT if there are too many keys: 50 of a person, or 500 of the server
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ApiKeyView> createApiKey(
            Caller caller, @RequestBody NewApiKeyRequest body, HttpServletRequest request, HttpServletResponse response) {
        StoredResponse.discard(request);
        Change wanted = change(body.name(), body.scopes(), body.collections(), body.expiresAt());
        IssuedApiKey issued = keys.create(caller, Boolean.TRUE.equals(body.server()), wanted);
        return ResponseEntity.created(URI.create("/api/v1/api-keys/" + issued.key().id()))
                .body(tagged(issued, response));
    }

    /** Shows a key without its secrets. */
    @GetMapping("/{id}")
    ApiKeyView getApiKey(Caller caller, @PathVariable String id, HttpServletResponse response) {
        StoredApiKey key = keys.get(caller, id);
        EntityTag.write(ApiKeys.tag(key), response);
        return view(key, null);
    }

    /**
     * Changes a key.
     *
     * @throws LecternException FORBIDDEN for scopes that the caller may not give
     */
    @PatchMapping("/{id}")
    ApiKeyView changeApiKey(
            Caller caller,
            @PathVariable String id,
            @RequestBody ApiKeyChangeRequest body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        Change wanted = change(body.name(), body.scopes(), body.collections(), body.expiresAt());
        StoredApiKey key = keys.change(caller, id, wanted, ifMatch);
        EntityTag.write(ApiKeys.tag(key), response);
        return view(key, null);
    }

    /** Revokes a key. It is refused on every node within two seconds, and streams that it reads end within five. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revokeApiKey(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        keys.revoke(caller, id, ifMatch);
    }

    /**
     * Gives a key another secret. The former one goes on for a while, so that programs can be changed over one by one. The new one is shown only in this response,
     * so the request has no {@code Idempotency-Key}.
     *
     * @throws LecternException CONFLICT for a key that has expired
     */
    @PostMapping("/{id}/secrets")
    ApiKeyView exchangeApiKey(
            Caller caller,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable ExchangeRequest body,
            HttpServletRequest request,
            HttpServletResponse response) {
        StoredResponse.discard(request);
        long hours = body == null || body.overlapHours() == null ? DEFAULT_OVERLAP_HOURS : body.overlapHours();
        return tagged(keys.exchange(caller, id, Duration.ofHours(hours)), response);
    }

    private static Change change(
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable List<String> collections,
            @Nullable String expiresAt) {
        return new Change(
                name,
                scopes == null ? null : scopes.stream().map(ApiKeyController::scope).collect(Collectors.toSet()),
                collections == null
                        ? null
                        : collections.stream().map(ApiKeyController::collection).collect(Collectors.toSet()),
                expiresAt == null ? null : expiry(expiresAt));
    }

    private static Scope scope(@Nullable String text) {
        return Scope.of(text == null ? "" : text)
                .orElseThrow(() -> LecternException.invalid(
                        "scopes",
                        "The scope \"" + text + "\" is unknown. The scopes are "
                                + Stream.of(Scope.values()).map(Scope::text).collect(Collectors.joining(", ")) + "."));
    }

    private static CollectionId collection(@Nullable String text) {
        if (text == null) {
            throw LecternException.invalid("collections", "An id of a collection is null. Send ids only.");
        }
        return new CollectionId(text);
    }

    private static Expiry expiry(String text) {
        if (text.isEmpty()) {
            return new Expiry(null);
        }
        try {
            return new Expiry(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException malformed) {
            throw LecternException.invalid(
                    "expiresAt", "The time \"" + text + "\" is malformed. Send it as 2027-01-31T12:00:00Z.");
        }
    }

    private ApiKeyView tagged(IssuedApiKey issued, HttpServletResponse response) {
        EntityTag.write(ApiKeys.tag(issued.key()), response);
        return view(issued.key(), issued.secret());
    }

    private ApiKeyView view(StoredApiKey key, @Nullable String secret) {
        String owner = key.owner();
        Set<Scope> scopes = key.scopes();
        return new ApiKeyView(
                key.id(),
                key.name(),
                owner == null ? null : new OwnerView(owner, names.nameOf(GranteeKind.USER, owner)),
                scopes.stream().sorted().map(Scope::text).toList(),
                key.collections().stream().map(CollectionId::value).sorted().toList(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.secrets().getFirst().hint(),
                key.secrets().stream()
                        .map(one -> new SecretView(one.hint(), one.createdAt(), one.expiresAt()))
                        .toList(),
                secret);
    }
}
