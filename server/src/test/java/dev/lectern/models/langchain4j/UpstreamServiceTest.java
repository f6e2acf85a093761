package dev.lectern.models.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class UpstreamServiceTest {

    @Test
    void translate_requestThatNoticesTheDeadlineFirst_isTheDeadline() {
        assertThat(codeOf(new HttpTimeoutException("request timed out"))).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void translate_connectingThatTakesTooLong_isUnavailable() {
        assertThat(codeOf(new HttpConnectTimeoutException("connect timed out"))).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
    }

    private static ErrorCode codeOf(IOException failure) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            InstantSource clock = InstantSource.system();
            ServiceSettings settings = new ServiceSettings(
                    "service",
                    "Service",
                    "LECTERN_SERVICE_TEST_",
                    new ServiceSettings.Access(URI.create("http://localhost"), Secret.NONE, Duration.ofSeconds(5)),
                    new ServiceSettings.Chat(1_000, 0, null, ThinkingLevel.MEDIUM, ThinkingLevel.LOW, true, Duration.ofSeconds(60), Duration.ofSeconds(20)),
                    ServiceSettings.Embedding.ofDimensions(2));
            UpstreamService upstreamService = new UpstreamService(settings, KeyScheme.BEARER, executor, clock);
            UpstreamCall call = upstreamService.call("model", Deadline.in(Duration.ofSeconds(10), clock));
            return upstreamService
                    .translate(call, "model", new RuntimeException(new IOException("The call failed", failure)))
                    .code();
        }
    }
}
