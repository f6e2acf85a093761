package dev.lectern.security.keys;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Records changes of API keys in the audit log, in their transactions. */
@Component
class ApiKeyAuditor {
    private final AuditLog auditLog;

    ApiKeyAuditor(AuditLog auditLog) {
        this.auditLog = auditLog;
    }

    @EventListener
    void record(ApiKeyChanged event) {
        AuditAction action =
                switch (event.kind()) {
                    case CREATED -> AuditAction.KEY_CREATED;
                    case CHANGED -> AuditAction.KEY_CHANGED;
                    case EXCHANGED -> AuditAction.KEY_ROTATED;
                    case REVOKED -> AuditAction.KEY_REVOKED;
                };
        auditLog.record(AuditEntry.of(action, event.caller(), "key", event.key().id())
                .with("name", event.key().name())
                .with("change", event.details().isEmpty() ? null : event.details()));
    }
}
