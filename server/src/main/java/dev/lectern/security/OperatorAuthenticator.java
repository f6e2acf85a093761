package dev.lectern.security;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Knows the operator by a bearer token with the content of the key file. Asked after those that know their tokens by a prefix. */
@Component
@Order(OperatorAuthenticator.ORDER)
class OperatorAuthenticator implements CallerAuthenticator {
    static final int ORDER = 100;

    private final OperatorKey key;
    private final AuditLog auditLog;

    OperatorAuthenticator(OperatorKey key, AuditLog auditLog) {
        this.key = key;
        this.auditLog = auditLog;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request) {
        return BearerToken.of(request).map(token -> {
            if (!key.matches(token)) {
                auditLog.recordRepeated(AuditEntry.of(AuditAction.OPERATOR_KEY_REJECTED, null, null)
                        .refused());
                throw new LecternException(
                        ErrorCode.UNAUTHENTICATED,
                        "The bearer token is neither an API key nor the key of this server. Send an API key, or the content of the file"
                                + " `key` in the data folder, or no Authorization header.");
            }
            return new Caller.Operator(Caller.Operator.ID);
        });
    }
}
