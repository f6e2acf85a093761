package dev.lectern.models.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import java.io.IOException;
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
            UpstreamService upstreamService =
                    new UpstreamService("Service", "KEY", "URL", Duration.ofSeconds(5), executor, clock);
            UpstreamCall call = upstreamService.call(Deadline.in(Duration.ofSeconds(10), clock));
            return upstreamService
                    .translate(call, "model", new RuntimeException(new IOException("The call failed", failure)))
                    .code();
        }
    }
}
