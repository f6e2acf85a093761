package dev.lectern.security.keys;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.audit.AuditSubject;
import dev.lectern.security.BearerToken;
import dev.lectern.security.CallerAuthenticator;
import dev.lectern.security.EndUser;
import dev.lectern.security.access.AccessCache;
import dev.lectern.security.access.AccessChanges;
import dev.lectern.security.accounts.ActiveUsers;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Knows programs by the secrets of their keys, which are bearer tokens with a prefix. What is known of a key is forgotten at the next change of access. */
@Component
@Order(ApiKeyAuthenticator.ORDER)
class ApiKeyAuthenticator implements CallerAuthenticator {
    static final int ORDER = 50;

    private final ActiveUsers users;
    private final KeyUseRecorder uses;
    private final AuditLog auditLog;
    private final InstantSource clock;
    private final ApiKeyRepository keys;
    private final AccessCache<String, Optional<StoredApiKey>> known;

    ApiKeyAuthenticator(
            ApiKeyRepository keys,
            ActiveUsers users,
            AccessChanges changes,
            KeyUseRecorder uses,
            AuditLog auditLog,
            InstantSource clock) {
        this.keys = keys;
        this.users = users;
        this.uses = uses;
        this.auditLog = auditLog;
        this.clock = clock;
        this.known = new AccessCache<>(changes);
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        return BearerToken.of(request).filter(ApiKeyToken::isToken).map(token -> callerOf(token, request));
    }

    private Caller callerOf(String token, HttpServletRequest request) {
        if (!ApiKeyToken.isIntact(token)) {
            throw refusal(null, "The API key is incomplete or mistyped: its checksum is wrong. Copy it again.");
        }
        String hash = ApiKeyToken.hash(token);
        StoredApiKey key = known.get(hash, keys::findBySecret)
                .orElseThrow(
                        () -> refusal(
                                null,
                                "No API key has this secret. It may have been deleted or exchanged. Ask whoever made it for another."));
        Instant now = clock.instant();
        requireValid(key, hash, now);
        Caller.User owner = key.owner() == null
                ? null
                : users.find(key.owner())
                        .orElseThrow(() -> refusal(key, "The account of the person who owns this API key is disabled. Use"
                                + " a key of somebody else, or ask an administrator."));
        uses.record(key.id(), now);
        return new Caller.ApiKey(key.id(), EndUser.ofHeader(request), key.scopes(), key.collections(), owner);
    }

    private void requireValid(StoredApiKey key, String hash, Instant now) {
        if (key.revokedAt() != null) {
            throw refusal(key, "This API key was revoked. Ask whoever made it for another.");
        }
        if (!key.isValidAt(now)) {
            throw refusal(key, "This API key expired at " + key.expiresAt() + ". Ask whoever made it for another.");
        }
        if (key.secrets().stream().noneMatch(secret -> secret.hash().equals(hash) && secret.isValidAt(now))) {
            throw refusal(key, "This secret of the API key was replaced by a newer one. Use the newer one.");
        }
    }

    /** @param key null for one that is unknown */
    private LecternException refusal(@Nullable StoredApiKey key, String text) {
        AuditSubject subject = key == null ? null : new AuditSubject("key", key.id());
        auditLog.recordRepeated(AuditEntry.of(AuditAction.KEY_REJECTED, null, subject)
                .with("name", key == null ? null : key.name())
                .with("reason", text.split("\\. ", 2)[0])
                .refused());
        return new LecternException(ErrorCode.UNAUTHENTICATED, text);
    }
}
