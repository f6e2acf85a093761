package dev.lectern.ingestion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.QuotaLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class QueuePauserTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final IngestionProperties PROPERTIES = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("lectern.ingestion", IngestionProperties.class);

    /** Neither the growing pauses nor their limits count, from the first probe to the hundredth. */
    @ParameterizedTest
    @CsvSource({"0, PT57.2S", "100, PT1S", "0, PT22H", "3, PT0.25S"})
    void serviceThatSaysWhenItsQuotaIsRenewed_isProbedAtThatTime(int probes, Duration wait) {
        QuotaLimit quota = new QuotaLimit(QuotaLimit.Kind.REQUESTS, NOW.plus(wait));
        var refused = new ModelCallException(
                Reason.RATE_LIMITED, "Too many.", "Wait.", quota.waitFrom(NOW).orElse(null), quota, null);
        assertThat(QueuePauser.nextProbe(probes, refused, PROPERTIES, NOW)).isEqualTo(NOW.plus(wait));
    }

    @ParameterizedTest
    @CsvSource({"0", "100"})
    void serviceThatSaysNothing_isProbedWithGrowingPauses(int probes) {
        var failed = new ModelCallException(Reason.SERVICE_FAILED, "Down.", "Look.", null, null);
        assertThat(QueuePauser.nextProbe(probes, failed, PROPERTIES, NOW))
                .isEqualTo(NOW.plus(PROPERTIES.pauseAfter(probes, failed)));
    }
}
