package dev.lectern.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.caching.TestRedisServer;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import io.lettuce.core.RedisClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real server with a real Redis that goes away while questions are asked, and comes back. */
@NeedsServer
@Timeout(300)
class RedisOutageTest {
    private static final TestRedisServer REDIS = TestRedisServer.running();
    private static final Duration BACK = Duration.ofSeconds(60);

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.redis-url=" + REDIS.url(), "lectern.retrieval.search-timeout=60s"));
        JobService jobService = server.bean(JobService.class);
        jobService.await(
                TestAccess.OPERATOR,
                jobService.addTexts(
                        TestAccess.OPERATOR,
                        CollectionId.DEFAULT,
                        List.of(new TextDocument("tower", "tower", "The secret code of the tower is violet."))),
                Duration.ofSeconds(60));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void redisGone_questionsAreAnsweredWithAWarning_andItIsUsedAgainWhenItIsBack() throws Exception {
        assertThat(ask(0)).contains("violet", "\"cached\":false");
        assertThat(ask(0)).contains("\"cached\":true");
        assertThat(answersInRedis()).isPositive();
        assertThat(health()).contains("\"cache\",\"state\":\"UP\"");

        REDIS.stop();
        try {
            for (int i = 1; i <= 8; i++) {
                assertThat(ask(i)).contains("violet", "\"cached\":false");
                assertThat(ask(i)).contains("violet", "\"cached\":true");
                assertThat(ask(0)).contains("violet");
            }
            assertThat(health()).contains("\"cache\",\"state\":\"WARNING\"", "LECTERN_REDIS_URL");
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        } finally {
            REDIS.start();
        }
        await().atMost(BACK).until(() -> health().contains("\"cache\",\"state\":\"UP\""));
        assertThat(answersInRedis()).as("it came back empty").isZero();
        assertThat(ask(100)).contains("\"cached\":false");
        assertThat(answersInRedis()).as("and is used again").isPositive();
    }

    private static String ask(int number) throws Exception {
        HttpResponse<String> answer = server.post(
                "/api/v1/ask",
                "{\"question\":\"What is the secret code of the tower, which has the number " + number + "?\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String health() throws Exception {
        return server.get("/health").body();
    }

    private static int answersInRedis() {
        try (RedisClient client = RedisClient.create(REDIS.url());
                var connection = client.connect()) {
            return connection.sync().keys("lectern:*:answer:*").size();
        }
    }
}
