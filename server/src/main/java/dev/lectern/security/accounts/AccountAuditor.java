package dev.lectern.security.accounts;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Records changes of accounts and groups in the audit log, in their transactions. */
@Component
class AccountAuditor {
    private final AuditLog auditLog;

    AccountAuditor(AuditLog auditLog) {
        this.auditLog = auditLog;
    }

    @EventListener
    void record(AccountChanged event) {
        AuditAction action = switch (event.kind()) {
            case CREATED -> AuditAction.USER_CREATED;
            case CHANGED -> AuditAction.USER_CHANGED;
            case DISABLED -> AuditAction.USER_DISABLED;
            case ENABLED -> AuditAction.USER_ENABLED;
            case ROLE_CHANGED, ROLE_KEPT -> AuditAction.ROLE_CHANGED;
            case DELETED -> AuditAction.USER_DELETED;
        };
        AuditEntry entry = AuditEntry.of(
                        action, event.caller(), "user", event.user().id())
                .with("name", event.user().name())
                .with("change", event.details().isEmpty() ? null : event.details());
        if (event.kind() == AccountChanged.Kind.ROLE_KEPT) {
            auditLog.recordRepeated(entry.refused());
        } else {
            auditLog.record(entry);
        }
    }

    @EventListener
    void record(GroupChanged event) {
        auditLog.record(AuditEntry.of(
                        AuditAction.GROUP_CHANGED,
                        event.caller(),
                        "group",
                        event.group().id())
                .with("name", event.group().name())
                .with("change", event.details()));
    }
}
