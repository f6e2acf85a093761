package dev.lectern.models.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.remote.ScriptedServer;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.ModelCallContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Services by name, as the operator configures them. */
class ModelServicesTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ChatRequest REQUEST = new ChatRequest(
            ModelCallContext.probe(), "Answer from the passages.", List.of(new Message(Role.READER, "Hello")), 100);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    private ModelServices services(Map<String, String> settings) {
        Map<String, String> keys = new HashMap<>();
        settings.forEach((name, value) -> keys.put("lectern.model-service." + name, value));
        return ModelServices.of(new Binder(new MapConfigurationPropertySource(keys)), executor, CLOCK);
    }

    private static ChatReply ask(ModelServices services, String name) {
        try (ChatModel model = services.openChat(name)) {
            assertThat(model.name()).isEqualTo(name);
            return model.write(REQUEST, _ -> {}, new Cancellation(), Deadline.in(Duration.ofSeconds(60), CLOCK));
        }
    }

    private static ScriptedServer openAi() throws Exception {
        return new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, """
                    data: {"id":"1","choices":[{"index":0,"delta":{"content":"From OpenAI"},"finish_reason":"stop"}]}

                    data: [DONE]

                    """);
        });
    }

    private static ScriptedServer gemini() throws Exception {
        return new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, """
                    data: {"candidates":[{"content":{"parts":[{"text":"From Gemini"}]},"finishReason":"STOP"}]}

                    """);
        });
    }

    @Test
    void chatAndEmbeddings_comeFromDifferentServices() throws Exception {
        try (ScriptedServer chat = gemini();
                ScriptedServer embeddings = new ScriptedServer((n, out) -> ScriptedServer.json(
                        out, "{\"data\":[{\"index\":0,\"embedding\":[3.0,4.0]}],\"model\":\"m\"}"))) {
            ModelServices services = services(Map.of(
                    "eu.type", "gemini",
                    "eu.base-url", chat.uri("/v1beta").toString(),
                    "eu.api-key", "key-of-eu",
                    "local.type", "openai",
                    "local.base-url", embeddings.uri("/v1").toString(),
                    "local.embedding-dimensions", "2"));
            assertThat(ask(services, "eu:some").text()).isEqualTo("From Gemini");
            assertThat(chat.requests().getFirst()).containsIgnoringCase("x-goog-api-key: key-of-eu");
            try (EmbeddingModel embedder = services.openEmbedder("local:m")) {
                assertThat(embedder.fingerprint().model()).isEqualTo("local:m");
                assertThat(embedder.embedQuestions(List.of("Hello"), Deadline.in(Duration.ofSeconds(60), CLOCK))
                                .vectors()
                                .getFirst())
                        .containsExactly(0.6f, 0.8f);
            }
            assertThat(embeddings.requests().getFirst())
                    .as("a service without a key gets none")
                    .doesNotContainIgnoringCase("authorization:", "key-of-eu");
        }
    }

    @Test
    void headersAndQuery_areSentWithEveryCall() throws Exception {
        try (ScriptedServer azure = openAi()) {
            ModelServices services = services(Map.of(
                    "azure.type", "openai",
                    "azure.base-url", azure.uri("/openai/v1").toString(),
                    "azure.headers", "api-key=secret%2C1, X-Team=docs",
                    "azure.query", "api-version=2024-10-21"));
            assertThat(ask(services, "azure:gpt").text()).isEqualTo("From OpenAI");
            assertThat(azure.requests().getFirst())
                    .startsWith("POST /openai/v1/chat/completions?api-version=2024-10-21 HTTP/1.1")
                    .containsIgnoringCase("api-key: secret,1")
                    .containsIgnoringCase("X-Team: docs")
                    .doesNotContainIgnoringCase("authorization:");
        }
    }

    @Test
    void severalKeys_areUsedInTurn_andOneWithoutQuotaIsLeftOut() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            if (n == 1) {
                ScriptedServer.status(out, 429, "Retry-After: 3000");
            } else {
                ScriptedServer.stream(out);
                ScriptedServer.write(
                        out,
                        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"OK\"},\"finish_reason\":\"stop\"}]}\n\n"
                                + "data: [DONE]\n\n");
            }
        })) {
            ModelServices services = services(Map.of(
                    "eu.type", "openai",
                    "eu.base-url", server.uri("/v1").toString(),
                    "eu.api-keys", "key-one,key-two,key-three"));
            try (ChatModel model = services.openChat("eu:m")) {
                for (int i = 0; i < 6; i++) {
                    try {
                        model.write(REQUEST, _ -> {}, new Cancellation(), Deadline.in(Duration.ofSeconds(60), CLOCK));
                    } catch (LecternException limited) {
                        assertThat(i).isEqualTo(1);
                    }
                }
            }
            assertThat(server.requests().stream().map(request -> request.replaceAll("(?s).*Bearer key-(\\w+).*", "$1")))
                    .containsExactly("one", "two", "three", "one", "three", "one");
        }
    }

    @Test
    void keyThatIsReplaced_isUsedFromTheNextCallOn() throws Exception {
        try (ScriptedServer server = gemini()) {
            ModelServices services = ModelServices.of(
                    new Binder(new MapConfigurationPropertySource(Map.of(
                            "lectern.models.stored-keys", "eu",
                            "lectern.model-service.eu.type", "gemini",
                            "lectern.model-service.eu.base-url",
                                    server.uri("/v1beta").toString()))),
                    executor,
                    CLOCK);
            var key = services.runtimeSettings().stream()
                    .filter(setting -> setting.name().equals("LECTERN_SERVICE_EU_API_KEY"))
                    .findFirst()
                    .orElseThrow();
            assertThat(services.runtimeSettings())
                    .extracting(setting -> setting.name())
                    .contains("LECTERN_GEMINI_API_KEY", "LECTERN_OPENAI_API_KEY");
            key.set("key-one");
            ask(services, "eu:m");
            key.set("key-two");
            ask(services, "eu:m");
            assertThat(server.requests().stream().map(request -> request.replaceAll("(?s).*(key-(?:one|two)).*", "$1")))
                    .containsExactly("key-one", "key-two");
        }
    }

    @Test
    void anthropic_isRead_withItsUsageAndWithoutItsThoughts() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, """
                    event: message_start
                    data: {"type":"message_start","message":{"id":"1","type":"message","role":"assistant","content":[],"model":"claude-x","usage":{"input_tokens":11,"output_tokens":1}}}

                    event: content_block_start
                    data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"A secret thought"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":0}

                    event: content_block_start
                    data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"From "}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Anthropic"}}

                    event: content_block_stop
                    data: {"type":"content_block_stop","index":1}

                    event: message_delta
                    data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":17}}

                    event: message_stop
                    data: {"type":"message_stop"}

                    """);
        })) {
            ModelServices services = anthropic(server);
            ChatReply reply = ask(services, "claude:claude-x");
            assertThat(reply.text()).isEqualTo("From Anthropic");
            assertThat(reply.finish()).isEqualTo(ChatReply.Finish.COMPLETE);
            assertThat(reply.inputTokens()).isEqualTo(11);
            assertThat(reply.outputTokens()).isEqualTo(17);
            assertThat(reply.thinkingTokens()).isPositive();
            assertThat(reply.answeringModel()).isEqualTo("claude-x");
            assertThat(server.requests().getFirst())
                    .startsWith("POST /v1/messages HTTP/1.1")
                    .containsIgnoringCase("x-api-key: key-of-claude")
                    .contains("Answer from the passages.", "\"max_tokens\"");
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> services.openEmbedder("claude:x"))
                    .withMessageContaining("is not an embedder");
        }
    }

    private ModelServices anthropic(ScriptedServer server) {
        return services(Map.of(
                "claude.type", "anthropic",
                "claude.base-url", server.uri("/v1").toString(),
                "claude.api-key", "key-of-claude"));
    }

    @Test
    void anthropic_brokenOffReply_countsWhatWasWrittenAndNotTheCountOfItsBeginning() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, """
                    event: message_start
                    data: {"type":"message_start","message":{"id":"1","type":"message","role":"assistant","content":[],"model":"claude-x","usage":{"input_tokens":0,"output_tokens":1}}}

                    event: content_block_start
                    data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                    event: content_block_delta
                    data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Several words that the service charges, although their end never came."}}

                    """);
        })) {
            ModelServices services = anthropic(server);
            assertThatExceptionOfType(ModelCallException.class)
                    .isThrownBy(() -> ask(services, "claude:claude-x"))
                    .satisfies(failure -> {
                        ChatReply received = Objects.requireNonNull(failure.received());
                        assertThat(received.estimated()).isTrue();
                        assertThat(received.inputTokens()).isPositive();
                        assertThat(received.outputTokens()).isGreaterThan(5);
                    });
        }
    }

    @Test
    void modelsWithoutSystemRole_getTheInstructionsInTheFirstMessage() throws Exception {
        try (ScriptedServer server = openAi()) {
            ModelServices services = services(Map.of(
                    "local.type", "openai",
                    "local.base-url", server.uri("/v1").toString(),
                    "local.system-role", "false"));
            ask(services, "local:gemma");
            assertThat(server.requests().getFirst())
                    .contains("Answer from the passages.\\n\\nHello")
                    .doesNotContain("\"system\"");
        }
    }

    @Test
    void contextTokens_leaveAQuarterToTheAnswer() {
        ModelServices services = services(Map.of(
                "small.type", "openai",
                "small.base-url", "http://localhost:1/v1",
                "small.context-tokens", "4096",
                "large.type", "openai",
                "large.base-url", "http://localhost:1/v1",
                "large.context-tokens", "128000"));
        assertThat(services.openChat("small:m").maxInputTokens()).isEqualTo(3072);
        assertThat(services.openChat("large:m").maxInputTokens()).isEqualTo(128_000 - 8192);
    }

    @Test
    void prefixesOfTheModel_areSentAndPartOfTheFingerprint_butNotWithTheServicesThatWereThereBefore() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) ->
                ScriptedServer.json(out, "{\"data\":[{\"index\":0,\"embedding\":[3.0,4.0]}],\"model\":\"m\"}"))) {
            Map<String, String> keys = new HashMap<>();
            String url = server.uri("/v1").toString();
            keys.put("lectern.openai.base-url", url);
            keys.put("lectern.openai.embedding-dimensions", "2");
            for (String name : List.of("known", "own")) {
                keys.put("lectern.model-service." + name + ".type", "openai");
                keys.put("lectern.model-service." + name + ".base-url", url);
                keys.put("lectern.model-service." + name + ".embedding-dimensions", "2");
            }
            keys.put("lectern.model-service.own.question-prefix", "\"ask: \"");
            keys.put("lectern.model-service.own.passage-prefix", "\"\"");
            ModelServices services =
                    ModelServices.of(new Binder(new MapConfigurationPropertySource(keys)), executor, CLOCK);
            Deadline soon = Deadline.in(Duration.ofSeconds(60), CLOCK);
            for (String service : List.of("known", "own", "openai")) {
                EmbeddingModel embedder = services.openEmbedder(service + ":nomic-embed-text");
                embedder.embedQuestions(List.of("Hello"), soon);
                embedder.embedPassages(List.of("World"), soon);
            }
            assertThat(server.requests().stream()
                            .map(request -> request.replaceAll("(?s).*\"input\" ?: ?\\[ ?\"([^\"]*)\".*", "$1")))
                    .containsExactly(
                            "search_query: Hello", "search_document: World", "ask: Hello", "World", "Hello", "World");
            assertThat(services.openEmbedder("openai:nomic-embed-text").fingerprint())
                    .as("a library that was made before still fits")
                    .isEqualTo(new EmbedderFingerprint("openai:nomic-embed-text", 2, "", "", "remote", true));
            assertThat(services.openEmbedder("known:nomic-embed-text").fingerprint())
                    .isEqualTo(new EmbedderFingerprint(
                            "known:nomic-embed-text", 2, "search_query: ", "search_document: ", "remote", true));
        }
    }

    @Test
    void unknownService_isRefusedWithWhatToWrite() {
        ModelServices services = services(Map.of());
        assertThat(services.isKnown("gemini:x")).isTrue();
        assertThat(services.isKnown("eu:x")).isFalse();
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() -> services.openChat("eu:x"))
                .withMessageContaining("<service>:<model>");
    }
}
