package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.CapturedLog;
import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.answering.FakeLibrary;
import dev.lectern.answering.FakeQuoter;
import dev.lectern.answering.FakeRetriever;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.models.remote.ScriptedServer;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole server with a model service over HTTP that refuses, breaks off or cuts: what readers and operators get to know of it. */
@NeedsServer
class ModelServiceFailureTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ASK = "{\"question\":\"How many days of leave?\",\"stream\":%s}";
    private static final String PART = "chat_model:openai:small";

    private static ScriptedServer service;
    private static TestServer server;
    private static volatile ScriptedServer.Script script = (_, out) -> ScriptedServer.status(out, 401);

    /** Documents, search and quotes of the test; the chat model is the configured one. */
    static class Doubles {
        @Bean
        InMemoryIndexes memoryIndexes() {
            return new InMemoryIndexes();
        }

        @Bean
        @Primary
        FakeRetriever fakeRetriever() {
            return new FakeRetriever();
        }

        @Bean
        @Primary
        FakeQuoter fakeQuoter() {
            return new FakeQuoter();
        }

        @Bean
        @Primary
        FakeLibrary fakeLibrary() {
            return new FakeLibrary();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        service = new ScriptedServer((connection, out) -> script.play(connection, out));
        server = TestServer.start(
                List.of(
                        "lectern.chat-model=openai:small",
                        "lectern.openai.base-url=" + service.uri("/v1"),
                        "lectern.openai.api-key=key-that-nobody-may-see",
                        "lectern.models.attempts=1",
                        "lectern.openai.first-token-timeout=4s",
                        "lectern.models.failure-log.interval=1s",
                        "lectern.circuits.failures=1000",
                        "lectern.answering.turn-timeout=8s"),
                Doubles.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        service.close();
    }

    @BeforeEach
    void answerOnce() throws Exception {
        script = (_, out) -> reply(out, "Employees receive 28 days. [1]", "stop");
        // A service that named a time is not called before it.
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        do {
            ask();
        } while (!part().path("state").asString().equals("UP") && System.nanoTime() < end);
        assertThat(part().path("state").asString()).isEqualTo("UP");
        // Warnings of the same kind are a second apart.
        Thread.sleep(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "401,model_failed,key_rejected", "403,model_failed,key_rejected", "404,model_failed,model_not_found",
        "400,model_failed,request_rejected", "302,model_failed,redirected", "429,rate_limited,rate_limited",
        "503,model_unavailable,service_failed"
    })
    void ask_refusedByTheService_isQuotedAndReported(int status, String reason, String outcome) throws Exception {
        double before = calls(outcome);
        script = (_, out) -> ScriptedServer.status(out, status, "Location: http://127.0.0.1:9/", "Retry-After: 1");
        try (CapturedLog log = CapturedLog.start()) {
            JsonNode answer = ask();
            ask();
            assertThat(answer.path("status").asString()).isEqualTo("answered");
            assertThat(answer.path("model").asString()).isEqualTo("extractive");
            assertThat(answer.at("/fallback/from").asString()).isEqualTo("openai:small");
            assertThat(answer.at("/fallback/reason").asString()).isEqualTo(reason);
            assertThat(answer.path("cached").asBoolean()).isFalse();
            assertThat(log.warnings("openai:small"))
                    .hasSizeBetween(1, 2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("status " + status, "LECTERN_")
                            .doesNotContain("nobody"));
            assertThat(log.hasStackTrace()).isFalse();
            JsonNode part = part();
            assertThat(part.path("state").asString()).isEqualTo("WARNING");
            assertThat(part.path("sentence").asString()).contains("status " + status, "LECTERN_", "Failing since ");
            assertThat(part.at("/figures/failedCalls").asInt()).isEqualTo(2);
            assertThat(calls(outcome)).isEqualTo(before + 2);
            answerOnce();
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).startsWith("INFO Chat model openai:small works"));
        }
    }

    @Test
    void ask_streamThatFails_hasTheTextTheCitationsAndTheUsageAndOneLineInTheLog() throws Exception {
        script = (_, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("Employees receive 28 days. [1] And "));
        };
        try (CapturedLog log = CapturedLog.start()) {
            JsonNode failed = event(stream(), "failed");
            assertThat(failed.at("/problem/code").asString()).isEqualTo("model_unavailable");
            assertThat(failed.at("/problem/detail").asString()).doesNotContain("LECTERN_");
            JsonNode answer = failed.path("answer");
            assertThat(answer.path("status").asString()).isEqualTo("failed");
            assertThat(answer.path("text").asString()).startsWith("Employees receive 28 days. [1] And");
            assertThat(answer.at("/citations/0/quote").asString()).startsWith("Employees receive 28 days");
            assertThat(answer.at("/usage/inputTokens").asInt()).isPositive();
            assertThat(answer.at("/usage/outputTokens").asInt()).isPositive();
            assertThat(answer.at("/timings/total").isNumber()).isTrue();
            assertThat(log.warnings("Answer "))
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).contains("failed with model_unavailable", "closed the connection"));
            assertThat(log.hasStackTrace()).isFalse();
        }
    }

    @Test
    void ask_garbageFromTheModel_isOneLineAndNoStackTrace() throws Exception {
        script = (_, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("Employees ") + "data: {\"choices\": [[[ garbage\n\n");
        };
        try (CapturedLog log = CapturedLog.start()) {
            assertThat(event(stream(), "failed").at("/problem/code").asString()).isEqualTo("model_failed");
            assertThat(log.warnings("Answer ")).hasSize(1);
            assertThat(log.warnings("Chat model openai:small failed")).hasSize(1);
            assertThat(log.warnings("")).hasSize(2);
            assertThat(log.hasStackTrace()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"length,length", "content_filter,filter"})
    void ask_outputThatWasCut_saysSoAndIsNotCached(String finish, String truncated) throws Exception {
        script = (_, out) -> reply(out, "Employees receive 28 days. [1] And \\\\*many\\\\* **mo", finish);
        for (int i = 0; i < 2; i++) {
            JsonNode answer = event(stream(), "finished").path("answer");
            assertThat(answer.path("status").asString()).isEqualTo("answered");
            assertThat(answer.path("truncated").asString()).isEqualTo(truncated);
            assertThat(answer.path("cached").asBoolean()).isFalse();
            assertThat(answer.path("plainText").asString()).isEqualTo("Employees receive 28 days. [1] And *many* **mo");
        }
        assertThat(part().path("state").asString()).isEqualTo("UP");
    }

    @Test
    void ask_modelThatWritesUntilTheDeadline_isCutAndSaysSo() throws Exception {
        script = (_, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("Employees receive 28 days. [1] "));
            Thread.sleep(60_000);
        };
        assertThat(event(stream(), "finished").at("/answer/truncated").asString())
                .isEqualTo("deadline");
    }

    @Test
    void ask_modelThatIsSilent_isReplacedByQuotesAfterTheLimitForTheFirstToken() throws Exception {
        double before = calls("first_token_timeout");
        script = (_, _) -> Thread.sleep(60_000);
        JsonNode answer = ask();
        assertThat(answer.path("model").asString()).isEqualTo("extractive");
        assertThat(answer.at("/fallback/reason").asString()).isEqualTo("deadline");
        assertThat(calls("first_token_timeout")).isEqualTo(before + 1);
        assertThat(part().path("sentence").asString()).contains("LECTERN_OPENAI_FIRST_TOKEN_TIMEOUT");
    }

    @Test
    void ask_modelThatOnlyThinks_isReplacedByQuotesAndCounted() throws Exception {
        script = (_, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out,
                    piece("Hm. ").replace("content", "reasoning_content")
                            + "data: {\"model\":\"small-2\",\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}],"
                            + "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":40,\"total_tokens\":51,"
                            + "\"completion_tokens_details\":{\"reasoning_tokens\":40}}}\n\n");
        };
        JsonNode answer = ask();
        assertThat(answer.path("model").asString()).isEqualTo("extractive");
        assertThat(answer.at("/fallback/reason").asString()).isEqualTo("length");
        assertThat(answer.at("/usage/outputTokens").asInt()).isEqualTo(40);
        assertThat(answer.at("/usage/thinkingTokens").asInt()).isEqualTo(40);
        assertThat(part().path("sentence").asString()).contains("no text", "LECTERN_ANSWERING_MAX_OUTPUT_TOKENS");
    }

    @Test
    void ask_thoughtsBeforeTheAnswer_areNotShownAndTheAnsweringModelIs() throws Exception {
        script = (_, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out,
                    piece("<think>Is it 30? [2]</think>Employees receive 28 days. [1]")
                            + "data: {\"model\":\"other-9\",\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        };
        JsonNode answer = ask();
        assertThat(answer.path("text").asString()).isEqualTo("Employees receive 28 days. [1]");
        assertThat(answer.path("citations")).hasSize(1);
        assertThat(answer.path("model").asString()).isEqualTo("openai:small");
        assertThat(answer.path("answeringModel").asString()).isEqualTo("other-9");
        assertThat(answer.at("/usage/thinkingTokens").asInt()).isPositive();
    }

    private static String piece(String text) {
        return "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    private static void reply(OutputStream out, String text, String finish) throws java.io.IOException {
        ScriptedServer.stream(out);
        ScriptedServer.write(
                out,
                piece(text) + "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finish
                        + "\"}]}\n\ndata: [DONE]\n\n");
    }

    /** Each question is another one, so that no answer comes from the cache. */
    private static JsonNode ask() throws Exception {
        return JSON.readTree(server.post(
                        "/api/v1/ask", ASK.formatted("false").replace("leave", "leave " + System.nanoTime()))
                .body());
    }

    /** The same question each time. */
    private static String stream() throws Exception {
        return server.post("/api/v1/ask", ASK.formatted("true")).body();
    }

    private static JsonNode event(String stream, String name) {
        String data = stream.substring(stream.indexOf("event: " + name + "\ndata: ") + name.length() + 14);
        return JSON.readTree(data.substring(0, data.indexOf('\n')));
    }

    private static JsonNode part() throws Exception {
        for (JsonNode part : JSON.readTree(server.get("/health").body()).path("parts")) {
            if (part.path("name").asString().equals(PART)) {
                return part;
            }
        }
        throw new AssertionError("/health has no part " + PART);
    }

    private static double calls(String outcome) throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("lectern_model_calls_total")
                        && line.contains("model=\"openai:small\"")
                        && line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
