package dev.lectern.audit;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit log.
 *
 * @param kept Time for which entries of the audit log are kept, as 400d, 1d to 3650d. Older ones are deleted within an hour, the oldest first.
 */
@ConfigurationProperties("lectern.audit")
record AuditProperties(@DefaultValue("400d") Duration kept) {
    private static final Duration MAX = Duration.ofDays(3_650);

    AuditProperties {
        SettingValidator.of("lectern.audit").requireBetween("kept", kept, Duration.ofDays(1), MAX);
    }
}
