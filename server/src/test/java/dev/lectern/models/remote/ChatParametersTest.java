package dev.lectern.models.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.gemini.GeminiFixture;
import dev.lectern.models.openai.OpenAiFixture;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import dev.lectern.shared.ModelCallContext.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent to models that think, and what is learnt from refusals. */
class ChatParametersTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final ModelCallContext ANSWER = new ModelCallContext(Purpose.ANSWER, null, null, null);
    private static final String REPLY = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String GEMINI_REPLY =
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Yes.\"}]},\"finishReason\":\"STOP\"}]}\n\n";

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    private ChatModel openAi(ScriptedServer server, String model) {
        return OpenAiFixture.factory(server.uri("/v1"), "key", 768, executor, CLOCK)
                .chat(model);
    }

    private ChatModel gemini(ScriptedServer server, String model) {
        return GeminiFixture.factory(server.uri("/v1beta"), "key", 768, executor, CLOCK)
                .chat(model);
    }

    private static ChatReply write(ChatModel model, ModelCallContext context) {
        ChatRequest request = new ChatRequest(context, "Answer.", List.of(new Message(Role.READER, "Hello")), 100);
        return model.write(request, _ -> {}, new Cancellation(), Deadline.in(Duration.ofSeconds(60), CLOCK));
    }

    private static JsonNode sent(ScriptedServer server, int call) {
        String request = server.requests().get(call);
        return JsonMapper.shared().readTree(request.substring(request.indexOf("\n{") + 1));
    }

    private static ScriptedServer answering(String reply) throws Exception {
        return new ScriptedServer((_, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, reply);
        });
    }

    private static ScriptedServer refusing(int refusals, String... errors) throws Exception {
        return new ScriptedServer((n, out) -> {
            if (n < refusals) {
                String body = "{\"error\":" + errors[Math.min(n, errors.length - 1)] + "}";
                ScriptedServer.write(
                        out,
                        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                + "\r\nConnection: close\r\n\r\n" + body);
            } else {
                ScriptedServer.stream(out);
                ScriptedServer.write(out, REPLY);
            }
        });
    }

    @Test
    void openAi_thinks_withItsHeadRoomAndNoTemperature() throws Exception {
        try (ScriptedServer server = answering(REPLY)) {
            write(openAi(server, "gpt-5-mini"), ANSWER);
            assertThat(sent(server, 0).path("reasoning_effort").asString()).isEqualTo("medium");
            assertThat(sent(server, 0).path("max_completion_tokens").asInt()).isEqualTo(100 + 8_192);
            assertThat(sent(server, 0).has("max_tokens")).isFalse();
            assertThat(sent(server, 0).has("temperature")).isFalse();
            write(openAi(server, "qwen3:8b"), ModelCallContext.probe().forStep(Purpose.REWRITE));
            assertThat(sent(server, 1).path("reasoning_effort").asString()).isEqualTo("low");
            assertThat(sent(server, 1).path("max_tokens").asInt()).isEqualTo(100 + 4_096);
            write(openAi(server, "gpt-4o-mini"), ANSWER);
            assertThat(sent(server, 2).has("reasoning_effort")).isFalse();
            assertThat(sent(server, 2).path("max_tokens").asInt()).isEqualTo(100);
        }
    }

    @Test
    void gemini_thinks_byLevelOrBeforeGemini3ByBudget() throws Exception {
        try (ScriptedServer server = answering(GEMINI_REPLY)) {
            ChatModel model = gemini(server, "gemini-3.8-flash");
            write(model, ANSWER);
            write(model, ModelCallContext.probe().forStep(Purpose.REWRITE));
            write(gemini(server, "gemini-2.5-flash-lite"), ANSWER);
            JsonNode answer = sent(server, 0).path("generationConfig");
            assertThat(answer.path("thinkingConfig").path("thinkingLevel").asString()).isEqualTo("medium");
            assertThat(answer.path("maxOutputTokens").asInt()).isEqualTo(100 + 8_192);
            assertThat(answer.has("temperature")).isFalse();
            JsonNode rewrite = sent(server, 1).path("generationConfig");
            assertThat(rewrite.path("thinkingConfig").path("thinkingLevel").asString()).isEqualTo("low");
            JsonNode old = sent(server, 2).path("generationConfig").path("thinkingConfig");
            assertThat(old.path("thinkingBudget").asInt()).isEqualTo(8_192);
            assertThat(old.has("thinkingLevel")).isFalse();
        }
    }

    @Test
    void refusedParameter_isLeftOutOnceAndForAll() throws Exception {
        try (ScriptedServer server = refusing(
                1,
                "{\"message\":\"Unsupported parameter: 'reasoning_effort' is not supported with this model.\","
                        + "\"param\":\"reasoning_effort\",\"code\":\"unsupported_parameter\"}")) {
            ChatModel model = openAi(server, "small");
            assertThat(write(model, ANSWER).text()).isEqualTo("Yes.");
            assertThat(write(model, ANSWER).text()).isEqualTo("Yes.");
            assertThat(server.connections()).as("repeated once, then known").isEqualTo(3);
            assertThat(sent(server, 1).has("reasoning_effort")).isFalse();
            assertThat(sent(server, 1).path("max_tokens").asInt())
                    .as("it may think all the same")
                    .isGreaterThan(8_192);
        }
    }

    @Test
    void refusedThinkingOfOllama_isLeftOut() throws Exception {
        try (ScriptedServer server = refusing(1, "{\"message\":\"\\\"llama3.2\\\" does not support thinking\"}")) {
            assertThat(write(openAi(server, "llama3.2"), ANSWER).text()).isEqualTo("Yes.");
            assertThat(sent(server, 1).has("reasoning_effort")).isFalse();
        }
    }

    @Test
    void refusedMaximum_isSentByItsOtherName() throws Exception {
        try (ScriptedServer server = refusing(
                1,
                "{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use"
                        + " 'max_completion_tokens' instead.\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}")) {
            assertThat(write(openAi(server, "deployment"), ANSWER).text()).isEqualTo("Yes.");
            assertThat(sent(server, 0).has("max_tokens")).isTrue();
            assertThat(sent(server, 1).has("max_tokens")).isFalse();
            assertThat(sent(server, 1).path("max_completion_tokens").asInt()).isPositive();
        }
    }

    @Test
    void severalRefusedParameters_areLeftOutOneAfterTheOther() throws Exception {
        try (ScriptedServer server = refusing(
                2,
                "{\"message\":\"Unrecognized request argument supplied: reasoning_effort\"}",
                "{\"message\":\"Unsupported parameter: 'max_tokens' is not supported.\",\"param\":\"max_tokens\"}")) {
            assertThat(write(openAi(server, "deployment"), ANSWER).text()).isEqualTo("Yes.");
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void contextTooSmallForTheHeadRoom_isLearnt() throws Exception {
        String error = "{\"message\":\"This model's maximum context length is 8192 tokens. However, you requested 9000.\"}";
        try (ScriptedServer server = refusing(1, error)) {
            ChatModel model = openAi(server, "small");
            assertThat(write(model, ANSWER).text()).isEqualTo("Yes.");
            write(model, ANSWER);
            assertThat(sent(server, 1).path("max_tokens").asInt()).isEqualTo(100);
            assertThat(sent(server, 2).path("max_tokens").asInt()).isEqualTo(100);
        }
        try (ScriptedServer server = refusing(2, error)) {
            ChatModel model = openAi(server, "small");
            assertThat(catchThrowableOfType(ModelCallException.class, () -> write(model, ANSWER)))
                    .isNotNull();
            assertThat(server.connections()).isEqualTo(2);
            write(model, ANSWER);
            assertThat(sent(server, 2).path("max_tokens").asInt())
                    .as("the prompt was too long, whatever the answer")
                    .isEqualTo(100 + 8_192);
        }
    }

    @Test
    void refusalWithoutACause_isTriedOnceWithoutHeadRoom() throws Exception {
        try (ScriptedServer server = refusing(100, "{\"message\":\"Bad request\"}")) {
            ChatModel model = openAi(server, "small");
            for (int i = 0; i < 3; i++) {
                assertThat(catchThrowableOfType(ModelCallException.class, () -> write(model, ANSWER)))
                        .isNotNull();
            }
            assertThat(server.connections()).as("only the first call is tried twice").isEqualTo(4);
        }
    }

    @Test
    void textLongerThanAskedFor_isCutThoughTheServiceGoesOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer((_, out) -> {
            ScriptedServer.stream(out);
            for (int i = 0; i < 2_000; i++) {
                ScriptedServer.write(out, "data: {\"choices\":[{\"delta\":{\"content\":\"five \"}}]}\n\n");
            }
            ScriptedServer.write(out, REPLY);
        })) {
            ChatReply reply = write(openAi(server, "small"), ANSWER);
            assertThat(reply.finish()).isEqualTo(Finish.LENGTH);
            assertThat(reply.text().length()).isBetween(400, 600);
        }
    }
}
