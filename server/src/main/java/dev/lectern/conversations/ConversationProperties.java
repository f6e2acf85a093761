package dev.lectern.conversations;

import dev.lectern.shared.SettingValidator;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Conversations.
 *
 * @param kept Time for which a conversation is kept after its last question, as 90d, 1d to 3650d, or 0 for ever. An older one is deleted within two hours with
 *     its messages and feedback. A collection may have a number of days of its own.
 */
@ConfigurationProperties("lectern.conversations")
record ConversationProperties(@DefaultValue("0") Duration kept) {
    static final Duration MIN = Duration.ofDays(1);
    static final Duration MAX = Duration.ofDays(3_650);

    ConversationProperties {
        SettingValidator.of("lectern.conversations").requireZeroOrBetween("kept", kept, MIN, MAX);
    }
}
