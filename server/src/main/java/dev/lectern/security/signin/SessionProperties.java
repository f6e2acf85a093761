package dev.lectern.security.signin;

import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long people stay signed in.
 *
 * @param sessionIdle Time without a request after which a session ends, as 12h, 5m to 365d, not longer than LECTERN_SECURITY_SESSION_MAX. After it, the person signs in again.
 * @param sessionMax Time after which a session ends even if it is used, as 14d, 5m to 365d. After it, the person signs in again.
 */
@ConfigurationProperties("lectern.security")
record SessionProperties(
        @DefaultValue("12h") Duration sessionIdle,
        @DefaultValue("14d") Duration sessionMax) {
    private static final Duration MIN = Duration.ofMinutes(5);
    private static final Duration MAX = Duration.ofDays(365);

    SessionProperties {
        SettingValidator.of("lectern.security")
                .requireBetween("session-idle", sessionIdle, MIN, MAX)
                .requireBetween("session-max", sessionMax, MIN, MAX);
        if (sessionIdle.compareTo(sessionMax) > 0) {
            String max = SettingValidator.format(sessionMax);
            throw new InvalidSettingException("LECTERN_SECURITY_SESSION_IDLE=" + SettingValidator.format(sessionIdle)
                    + " is longer than LECTERN_SECURITY_SESSION_MAX=" + max
                    + ", so that it has no effect. Write LECTERN_SECURITY_SESSION_IDLE=" + max + ", or a shorter time.");
        }
    }
}
