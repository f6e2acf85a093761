package dev.lectern.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.observability.spi.HealthCheck;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;

@NeedsServer
class HealthEndpointTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(OptionalHealthCheck.class, RequiredHealthCheck.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void health_namesEveryPart_andIs503WhenOneIsDown() throws Exception {
        HttpResponse<String> health = server.get("/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body())
                .contains(
                        "\"state\":\"DOWN\"",
                        "\"name\":\"optional\"",
                        "Start it.",
                        "\"name\":\"storage\"",
                        "freeMegabytes",
                        "freeTemporaryMegabytes");
    }

    @Test
    void ready_minds_onlyWhatIsNeeded_andLiveNothing() throws Exception {
        RequiredHealthCheck needed = server.bean(RequiredHealthCheck.class);
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        needed.state = HealthCheck.Health.down("Broken.");
        assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        needed.state = null;
        assertThat(server.get("/health/ready").body()).contains("The health check failed");
        needed.state = HealthCheck.Health.up("Fine.");
    }

    @Test
    void metrics_countRequestsByPattern() throws Exception {
        server.get("/health/live");
        HttpResponse<String> metrics = server.get("/metrics");
        assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
        assertThat(metrics.body())
                .contains("jvm_memory_used_bytes", "process_cpu_usage", "uri=\"/health/live\"")
                .contains("http_server_requests_seconds_count");
    }

    @Test
    void metrics_afterATurn_canStillBeRead() throws Exception {
        server.post("/api/v1/search", "{\"query\":\"How long is the warranty?\"}");
        server.post("/api/v1/ask", "{\"question\":\"How long is the warranty?\",\"stream\":false}");
        HttpResponse<String> metrics = server.get("/metrics");
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("lectern_turn_stage_seconds_bucket{stage=\"retrieve\"");
    }

    @Component
    static class OptionalHealthCheck implements HealthCheck {
        @Override
        public String name() {
            return "optional";
        }

        @Override
        public boolean isRequiredForReadiness() {
            return false;
        }

        @Override
        public Health check() {
            return new Health(State.DOWN, "Start it.", Map.of("tries", 3));
        }
    }

    @Component
    static class RequiredHealthCheck implements HealthCheck {
        volatile @Nullable Health state = Health.up("Fine.");

        @Override
        public String name() {
            return "needed";
        }

        @Override
        public boolean isRequiredForReadiness() {
            return true;
        }

        @Override
        public Health check() {
            Health now = state;
            if (now == null) {
                throw new IllegalStateException("hostile");
            }
            return now;
        }
    }
}
