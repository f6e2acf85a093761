package dev.lectern.usage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What the default models, which run in this process, leave in the usage ledger. */
@NeedsServer
@Timeout(300)
class InProcessUsageTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String QUESTION = "{\"question\":\"How many days of annual leave do employees receive?\"}";

    private @Nullable TestServer running;

    @Test
    void job_leavesOneRow_andAQuestionOneOfEachPurpose() throws Exception {
        try (TestServer started = TestServer.start(
                List.of("lectern.retrieval.search-timeout=60s", "lectern.answering.turn-timeout=120s"))) {
            running = started;
            String job = upload();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(rows("embed_passage")).hasSize(1));
            assertThat(rows("embed_passage").getFirst())
                    .containsEntry("job", job)
                    .containsEntry("model", "onnx:bge-small-en-v1.5")
                    .containsEntry("outcome", "done")
                    .containsEntry("estimated", 0);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(sum("texts", "embed_passage"))
                            .isEqualTo(metric("lectern_embedded_texts_total{kind=\"passage\"}")));
            assertThat(sum("calls", "embed_passage")).isGreaterThan(1);
            assertThat(sum("input_tokens", "embed_passage")).isGreaterThan(sum("texts", "embed_passage"));

            HttpResponse<String> answer = server().post("/api/v1/ask", QUESTION);
            assertThat(answer.body()).contains("\"status\":\"answered\"", "\"model\":\"extractive\"");
            await().atMost(SOON).untilAsserted(() -> assertThat(rows("answer")).hasSize(1));
            assertThat(rows("answer").getFirst())
                    .containsEntry("model", "extractive")
                    .containsEntry("calls", 0)
                    .containsEntry("input_tokens", number(0));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(rows("embed_sentence")).hasSize(1));
            assertThat(rows("embed_question")).hasSize(1);
            assertThat(all())
                    .as("no price is unknown")
                    .allMatch(row -> number(0).equals(row.get("cost_micros")));
            assertThat(rows("embed_question").getFirst().get("caller"))
                    .isNotNull()
                    .isEqualTo(rows("answer").getFirst().get("caller"));

            int before = all().size();
            assertThat(server().post("/api/v1/ask", QUESTION).body()).contains("\"cached\":true");
            server().post("/api/v1/search", "{\"query\":\"How many days of annual leave do employees receive?\"}");
            server().post("/api/v1/search", "{\"query\":\"Is this another question?\"}");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(rows("embed_question")).hasSize(2));
            assertThat(all())
                    .as("a cached answer and a cached question leave nothing")
                    .hasSize(before + 1);
        }
    }

    private String upload() throws Exception {
        StringBuilder text = new StringBuilder("# Leave\n\nEmployees receive 28 days of annual leave each year.\n\n");
        for (int part = 1; part <= 200; part++) {
            text.append("## Part ")
                    .append(part)
                    .append("\n\nThis rule ")
                    .append(part)
                    .append(" on machines holds for everybody and is explained at length in this part.\n\n");
        }
        String body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"leave.md\"\r\n"
                + "Content-Type: text/markdown\r\n\r\n" + text + "\r\n--x--\r\n";
        HttpResponse<String> accepted = server().send(server().request("/api/v1/collections/default/documents")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(TestServer.body(body)));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String job = JsonMapper.shared()
                .readTree(accepted.body())
                .path("job")
                .path("id")
                .asString();
        await().atMost(SOON.multipliedBy(3))
                .until(() -> server().get("/api/v1/jobs/" + job).body().contains("\"status\":\"done\""));
        return job;
    }

    private TestServer server() {
        return Objects.requireNonNull(running);
    }

    private List<Map<String, @Nullable Object>> all() {
        return server().bean(JdbcClient.class)
                .sql("SELECT * FROM usage_entries")
                .query()
                .listOfRows();
    }

    private List<Map<String, @Nullable Object>> rows(String purpose) {
        return all().stream().filter(row -> purpose.equals(row.get("purpose"))).toList();
    }

    private long sum(String column, String purpose) {
        return rows(purpose).stream()
                .mapToLong(row -> ((Number) Objects.requireNonNull(row.get(column))).longValue())
                .sum();
    }

    /** The type in which SQLite's driver returns small integers. */
    private static Object number(int value) {
        return value;
    }

    private long metric(String name) throws Exception {
        return server().get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
