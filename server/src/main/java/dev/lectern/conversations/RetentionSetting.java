package dev.lectern.conversations;

import dev.lectern.shared.RuntimeSetting;
import dev.lectern.shared.RuntimeSettingSource;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** How long the installation keeps conversations; may change while the server runs. Thread-safe. */
@Component
class RetentionSetting implements RuntimeSettingSource {
    private final RuntimeSetting<Duration> kept;

    RetentionSetting(ConversationProperties properties) {
        kept = RuntimeSetting.ofZeroOrDuration(
                "lectern.conversations.kept",
                properties.kept(),
                ConversationProperties.MIN,
                ConversationProperties.MAX);
    }

    /** Zero for ever. */
    Duration kept() {
        return kept.value();
    }

    @Override
    public List<RuntimeSetting<?>> runtimeSettings() {
        return List.of(kept);
    }
}
