package dev.lectern.models.decorators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lectern.CapturedLog;
import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatRequest;
import dev.lectern.models.ChatRequest.Message;
import dev.lectern.models.ChatRequest.Role;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelProbe;
import dev.lectern.models.remote.ScriptedServer;
import dev.lectern.models.services.ModelServices;
import dev.lectern.observability.spi.CircuitBreaker;
import dev.lectern.observability.spi.HealthCheck;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Services that are set up wrongly, or broken: each is named with its remedy, and the reader gets an answer of the next model. */
class BrokenServiceTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String BAD = "bad:model-x";
    private static final String GOOD = "good:model-y";

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ModelCallMonitorRegistry monitors =
            new ModelCallMonitorRegistry(Duration.ofMinutes(1), CLOCK, meters);
    private final RecordedUsage ledger = new RecordedUsage();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    /** A stand-in, with the scheme of its address. */
    interface Service extends AutoCloseable {
        URI address();

        @Override
        void close() throws IOException;
    }

    private static Supplier<Service> refusing(int status, String body, String... headers) {
        String head = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return scripted((n, out) -> ScriptedServer.write(
                out,
                "HTTP/1.1 " + status + " Refused\r\n" + head + "Content-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + body));
    }

    private static Supplier<Service> scripted(ScriptedServer.Script script) {
        return () -> {
            try {
                ScriptedServer server = new ScriptedServer(script);
                return new Service() {
                    @Override
                    public URI address() {
                        return server.uri("/v1");
                    }

                    @Override
                    public void close() throws IOException {
                        server.close();
                    }
                };
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static Supplier<Service> at(String address) {
        return () -> new Service() {
            @Override
            public URI address() {
                return URI.create(address);
            }

            @Override
            public void close() {}
        };
    }

    /** Speaks plain HTTP at the address of HTTPS. */
    private static Service withoutTls() {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> refuseTls(socket));
            return new Service() {
                @Override
                public URI address() {
                    return URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/v1");
                }

                @Override
                public void close() throws IOException {
                    socket.close();
                }
            };
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refuseTls(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static String unusedAddress() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is broken, the type of the service, the stand-in, the outcome of the metric, what is said, and the remedy. */
    static Stream<Arguments> brokenServices() {
        return Stream.of(
                arguments(
                        "wrong key, OpenAI",
                        "openai",
                        refusing(
                                401,
                                "{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}}"),
                        "key_rejected",
                        "rejected the API key",
                        "Check LECTERN_SERVICE_BAD_API_KEY."),
                arguments(
                        "wrong key, Gemini",
                        "gemini",
                        refusing(
                                400,
                                "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\","
                                        + "\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}"),
                        "key_rejected",
                        "rejected the API key",
                        "Check LECTERN_SERVICE_BAD_API_KEY."),
                arguments(
                        "wrong model",
                        "openai",
                        refusing(404, "{\"error\":{\"message\":\"model \\\"x\\\" not found, try pulling it first\"}}"),
                        "model_not_found",
                        "has no model \"" + BAD + "\"",
                        "Check its name"),
                arguments(
                        "wrong path",
                        "openai",
                        refusing(404, "404 page not found"),
                        "address_not_found",
                        "has nothing at this address",
                        "Check that LECTERN_SERVICE_BAD_BASE_URL is the base URL"),
                arguments(
                        "wrong port",
                        "openai",
                        at(unusedAddress()),
                        "unreachable",
                        "connection was refused",
                        "Check LECTERN_SERVICE_BAD_BASE_URL, that the service runs"),
                arguments(
                        "ended model",
                        "gemini",
                        refusing(
                                404,
                                "{\"error\":{\"code\":404,\"message\":\"This model models/x is no longer available.\","
                                        + "\"status\":\"NOT_FOUND\"}}"),
                        "model_ended",
                        "no longer offers the model",
                        "Choose a model that the service offers now."),
                arguments(
                        "no network",
                        "gemini",
                        at("https://no-such-host.invalid/v1"),
                        "unreachable",
                        "host name cannot be resolved",
                        "and the network."),
                arguments(
                        "hang before the first token",
                        "openai",
                        scripted((n, out) -> {
                            ScriptedServer.stream(out);
                            Thread.sleep(60_000);
                        }),
                        "first_token_timeout",
                        "wrote no text within the limit for the first token",
                        "raise LECTERN_SERVICE_BAD_FIRST_TOKEN_TIMEOUT"),
                arguments(
                        "thoughts only",
                        "openai",
                        scripted((n, out) -> {
                            ScriptedServer.stream(out);
                            ScriptedServer.write(
                                    out,
                                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"<think>Hm.</think>\"},"
                                            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
                        }),
                        "thoughts_only",
                        "and no text",
                        "Let the model think less"),
                arguments(
                        "HTML with 200",
                        "openai",
                        scripted(
                                (n, out) -> ScriptedServer.write(
                                        out,
                                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Log in</html>")),
                        "web_page",
                        "does not respond at this address",
                        "Check that LECTERN_SERVICE_BAD_BASE_URL"),
                arguments(
                        "redirect",
                        "openai",
                        refusing(301, "", "Location: http://127.0.0.1:1/"),
                        "redirected",
                        "redirects to another address",
                        "Set LECTERN_SERVICE_BAD_BASE_URL to the final address."),
                arguments(
                        "TLS failure",
                        "openai",
                        (Supplier<Service>) BrokenServiceTest::withoutTls,
                        "tls_failed",
                        "the TLS connection failed",
                        "the certificate of the service"),
                arguments(
                        "quota 0",
                        "gemini",
                        refusing(
                                429,
                                "{\"error\":{\"code\":429,\"message\":\"Quota exceeded for metric: x, limit: 0\","
                                        + "\"status\":\"RESOURCE_EXHAUSTED\"}}"),
                        "no_quota",
                        "this key's project has no quota for the model",
                        "Enable billing"),
                arguments(
                        "context too small",
                        "openai",
                        refusing(
                                400,
                                "{\"error\":{\"message\":\"This model's maximum context length is 4096 tokens.\","
                                        + "\"code\":\"context_length_exceeded\"}}"),
                        "context_exceeded",
                        "longer than the context of the model",
                        "Set LECTERN_SERVICE_BAD_CONTEXT_TOKENS"),
                arguments(
                        "unsupported parameter",
                        "openai",
                        refusing(
                                400,
                                "{\"error\":{\"message\":\"Unsupported parameter: 'frequency' is not supported with this model.\","
                                        + "\"param\":\"frequency\",\"code\":\"unsupported_parameter\"}}"),
                        "unsupported_parameter",
                        "does not support: frequency",
                        "Change the setting of this parameter"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenServices")
    void brokenService_isNamedWithItsRemedyEverywhere_andTheNextModelAnswers(
            String what, String type, Supplier<Service> stand, String outcome, String condition, String remedy)
            throws Exception {
        try (Service broken = stand.get();
                ScriptedServer good = answering();
                CapturedLog log = CapturedLog.start()) {
            Map<String, String> settings = settings(type, broken.address(), good.uri("/v1"));
            if (what.startsWith("hang")) {
                settings.put("lectern.model-service.bad.first-token-timeout", "500ms");
            }
            assertThat(ask(settings, BAD + "," + GOOD).text()).isEqualTo("Good answer");

            assertThat(log.lines())
                    .as("log")
                    .anySatisfy(line -> assertThat(line).contains("Chat model " + BAD + " failed", condition, remedy));
            HealthCheck.Health health = monitors.of(ModelKind.CHAT, BAD).check();
            assertThat(health.state()).isEqualTo(HealthCheck.State.WARNING);
            assertThat(health.sentence()).as("health").contains(condition, remedy);
            assertThat(meters.get("lectern.model.calls")
                            .tag("model", BAD)
                            .tag("outcome", outcome)
                            .counter()
                            .count())
                    .as("metric")
                    .isEqualTo(1);

            settings.put("lectern.chat-model", BAD);
            assertThat(ModelProbe.callAll(settings, CLOCK))
                    .as("doctor --online")
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.succeeded()).isFalse();
                        assertThat(found.sentence()).contains(condition, remedy);
                    });
        }
    }

    @Test
    void hangInMidStream_isNamedWithItsRemedy_andTheReaderKeepsTheText() throws Exception {
        Supplier<Service> stand = scripted((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out,
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"The beginning of an answer. \"}}]}\n\n");
            Thread.sleep(60_000);
        });
        try (Service broken = stand.get();
                ScriptedServer good = answering();
                CapturedLog log = CapturedLog.start()) {
            Map<String, String> settings = settings("openai", broken.address(), good.uri("/v1"));
            settings.put("lectern.model-service.bad.next-token-timeout", "500ms");
            StringBuilder shown = new StringBuilder();
            ModelCallException failure = catchThrowableOfType(
                    ModelCallException.class, () -> ask(settings, BAD + "," + GOOD, shown::append));
            assertThat(failure.reason()).isEqualTo(ModelCallException.Reason.STREAM_STALLED);
            assertThat(shown).hasToString("The beginning of an answer. ");
            String remedy = "raise LECTERN_SERVICE_BAD_NEXT_TOKEN_TIMEOUT";
            assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("in the middle of its reply", remedy));
            assertThat(monitors.of(ModelKind.CHAT, BAD).check().sentence()).contains(remedy);
            assertThat(meters.get("lectern.model.calls")
                            .tag("outcome", "stream_stalled")
                            .counter()
                            .count())
                    .isEqualTo(1);
            settings.put("lectern.chat-model", BAD);
            assertThat(ModelProbe.callAll(settings, CLOCK).getFirst().sentence())
                    .contains(remedy);
        }
    }

    @Test
    void start_callsEveryConfiguredModelInTheBackground_andSaysWhatIsWrong() throws Exception {
        try (Service broken = refusing(401, "{}").get();
                ScriptedServer good = answering();
                CapturedLog log = CapturedLog.start()) {
            Map<String, String> settings = settings("openai", broken.address(), good.uri("/v1"));
            ModelStartCheck check = new ModelStartCheck(
                    new ModelStartCheckProperties(true),
                    new ModelSelectionProperties(BAD, GOOD + "," + BAD),
                    services(settings),
                    monitors,
                    ledger,
                    executor,
                    CLOCK);
            check.callModels();
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (log.lines().size() < 3 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).contains("Chat model " + GOOD + " replied"))
                    .anySatisfy(
                            line -> assertThat(line).contains("Chat model " + BAD + " failed", "rejected the API key"))
                    .anySatisfy(
                            line -> assertThat(line).contains("Embedder " + BAD + " failed", "rejected the API key"));
            assertThat(monitors.of(ModelKind.CHAT, BAD).check().state()).isEqualTo(HealthCheck.State.WARNING);
            assertThat(monitors.of(ModelKind.CHAT, GOOD).check().sentence()).contains("succeeded");
            assertThat(ledger.entries).as("each call is recorded").hasSize(3);
        }
    }

    @Test
    void start_withTheCheckSwitchedOff_callsNothing() throws Exception {
        try (ScriptedServer good = answering()) {
            Map<String, String> settings = settings("openai", good.uri("/v1"), good.uri("/v1"));
            new ModelStartCheck(
                            new ModelStartCheckProperties(false),
                            new ModelSelectionProperties("onnx:x", GOOD),
                            services(settings),
                            monitors,
                            ledger,
                            executor,
                            CLOCK)
                    .callModels();
            assertThat(good.connections()).isZero();
        }
    }

    private static ScriptedServer answering() throws IOException {
        return new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out,
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Good answer\"},\"finish_reason\":\"stop\"}]}\n\n"
                            + "data: [DONE]\n\n");
        });
    }

    private static Map<String, String> settings(String type, URI bad, URI good) {
        Map<String, String> settings = new HashMap<>();
        settings.put("lectern.model-service.bad.type", type);
        settings.put("lectern.model-service.bad.base-url", bad.toString());
        settings.put("lectern.model-service.bad.api-key", "some-key");
        settings.put("lectern.model-service.good.type", "openai");
        settings.put("lectern.model-service.good.base-url", good.toString());
        return settings;
    }

    private ModelServices services(Map<String, String> settings) {
        return ModelServices.of(new Binder(new MapConfigurationPropertySource(settings)), executor, CLOCK);
    }

    private ChatReply ask(Map<String, String> settings, String names) {
        return ask(settings, names, _ -> {});
    }

    private ChatReply ask(Map<String, String> settings, String names, Consumer<String> onText) {
        ModelCallProperties limits =
                new ModelCallProperties(4, Duration.ofSeconds(1), 1, Duration.ZERO, Duration.ofSeconds(1));
        ChatModelFactory factory = new ChatModelFactory(
                services(settings),
                ledger,
                limits,
                new ModelCallRetrier(limits, CLOCK, new SecureRandom(), Thread::sleep),
                (name, unavailable) -> CircuitBreaker.none(),
                monitors,
                CLOCK);
        ChatRequest request =
                new ChatRequest(ModelCallContext.probe(), "System", List.of(new Message(Role.READER, "Hello")), 100);
        try (ChatModel model = factory.open(names).orElseThrow()) {
            return model.write(request, onText, new Cancellation(), Deadline.in(Duration.ofSeconds(60), CLOCK));
        }
    }
}
