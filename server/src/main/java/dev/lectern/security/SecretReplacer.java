package dev.lectern.security;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.shared.Caller.SystemTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.transaction.support.TransactionTemplate;

/** Replaces secrets of this library that others may have read. Thread-safe. */
public final class SecretReplacer {
    private final OperatorKey operatorKey;
    private final SigningKeyRepository signingKeys;
    private final VisitorCookies cookies;
    private final TransactionTemplate transactions;
    private final AuditLog auditLog;

    SecretReplacer(
            OperatorKey operatorKey,
            SigningKeyRepository signingKeys,
            VisitorCookies cookies,
            TransactionTemplate transactions,
            AuditLog auditLog) {
        this.operatorKey = operatorKey;
        this.signingKeys = signingKeys;
        this.cookies = cookies;
        this.transactions = transactions;
        this.auditLog = auditLog;
    }

    /**
     * Writes a new key of the operator to the key file. The former one is not accepted any more.
     *
     * @throws UncheckedIOException when the file cannot be written; the former key stays
     */
    public void replaceOperatorKey() {
        transactions.executeWithoutResult(status -> {
            record("operator key");
            try {
                operatorKey.replace();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Signs cookies with a new key. Cookies of visitors that were signed before are not accepted any more. */
    public void replaceSigningKey() {
        byte[] replaced = transactions.execute(status -> {
            record("key of visitors' cookies");
            return signingKeys.replace(SigningKeyRepository.VISITOR);
        });
        cookies.use(new VisitorCookieCodec(replaced));
    }

    private void record(String secret) {
        auditLog.record(AuditEntry.of(AuditAction.SECRETS_REPLACED, SystemTask.MAINTENANCE, "secret", secret));
    }
}
