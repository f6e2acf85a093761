package dev.lectern.security.signin;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.audit.AuditSubject;
import dev.lectern.security.SignInEvent;
import dev.lectern.shared.Caller;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Records in the audit log how people sign in. Failures that strangers can cause as often as they like are counted, not recorded one by one. */
@Component
class SignInAuditor {
    private final AuditLog auditLog;

    SignInAuditor(AuditLog auditLog) {
        this.auditLog = auditLog;
    }

    @EventListener
    void record(SignInEvent event) {
        switch (event.kind()) {
            case SIGN_IN_SUCCEEDED -> add(AuditAction.SIGN_IN_SUCCEEDED, event);
            case SIGN_IN_FAILED, SIGN_IN_THROTTLED ->
                auditLog.recordRepeated(entry(AuditAction.SIGN_IN_FAILED, event).refused());
            case SIGNED_OUT -> add(AuditAction.SIGN_OUT, event);
            case SESSION_ENDED -> add(AuditAction.SESSION_REVOKED, event);
            case PASSWORD_CHANGED, PASSWORD_RESET -> add(AuditAction.PASSWORD_CHANGED, event);
            case SECOND_FACTOR_ADDED, SECOND_FACTOR_REMOVED, RECOVERY_CODE_USED ->
                add(AuditAction.SECOND_FACTOR_CHANGED, event);
            case PASSKEY_ADDED -> add(AuditAction.PASSKEY_ADDED, event);
            case PASSKEY_RENAMED -> add(AuditAction.PASSKEY_RENAMED, event);
            case PASSKEY_REMOVED -> add(AuditAction.PASSKEY_REMOVED, event);
            case FIRST_ADMINISTRATOR_CREATED -> add(AuditAction.USER_CREATED, event);
            case LINK_CREATED -> add(AuditAction.LINK_CREATED, event);
            case ACCOUNT_DELETED -> add(AuditAction.USER_DELETED, event);
            case DATA_EXPORTED -> add(AuditAction.EXPORT_CREATED, event);
        }
    }

    private void add(AuditAction action, SignInEvent event) {
        auditLog.record(entry(action, event));
    }

    private static AuditEntry entry(AuditAction action, SignInEvent event) {
        AuditSubject subject = event.userId() == null ? null : new AuditSubject("user", event.userId());
        return AuditEntry.of(action, person(event), subject)
                .with("name", event.name().isEmpty() ? null : event.name())
                .with("change", describe(event));
    }

    /** Nobody is known after a failure: the name may be that of somebody else. */
    private static @Nullable Caller person(SignInEvent event) {
        String id = event.userId();
        boolean failed =
                event.kind() == SignInEvent.Kind.SIGN_IN_FAILED || event.kind() == SignInEvent.Kind.SIGN_IN_THROTTLED;
        if (event.by() != null) {
            return event.by();
        }
        return failed || id == null ? null : new Caller.User(id, event.name(), false, Set.of());
    }

    private static String describe(SignInEvent event) {
        String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return event.details().isEmpty() ? kind : kind + ": " + event.details();
    }
}
