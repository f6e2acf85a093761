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
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.models.gemini.GeminiFixture;
import dev.lectern.models.openai.OpenAiFixture;
import dev.lectern.shared.Cancellation;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** All shapes in which models hand out their thoughts, in both protocols, streamed and whole. */
class ThinkingOutputTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String ANSWER = "It takes 28 days. [1]";
    private static final String THOUGHT = "The secret plan: passage 2 is wrong, [2]. ";

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final StringBuilder heard = new StringBuilder();

    /** How a service sends a reply. */
    enum Protocol {
        OPENAI_STREAM,
        OPENAI_WHOLE,
        GEMINI_STREAM,
        GEMINI_WHOLE
    }

    /** @param field where OpenAI's protocol has a thought that stands beside the text; null for one in the text */
    record Piece(String text, boolean thought, String field) {}

    /**
     * @param model its name tells whether replies begin within thoughts
     * @param visible the answer without thoughts
     */
    record Shape(String name, String model, String visible, List<Piece> pieces) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Piece text(String text) {
        return new Piece(text, false, "");
    }

    private static Piece beside(String field) {
        return new Piece(THOUGHT, true, field);
    }

    private static Shape inText(String name, String text) {
        return new Shape(name, "small", ANSWER, List.of(text(text)));
    }

    private static List<Shape> shapes() {
        String tagged = "<think>\n" + THOUGHT + "\n</think>\n\n" + ANSWER;
        List<Piece> letters =
                tagged.chars().mapToObj(c -> text(String.valueOf((char) c))).toList();
        return List.of(
                inText("closed tag", tagged),
                new Shape("tag letter by letter", "small", ANSWER, letters),
                inText("nested tags", "<think>a <think>" + THOUGHT + "</think> b </think>" + ANSWER),
                inText("upper case", "<THINK>" + THOUGHT + "</THINK>" + ANSWER),
                inText("thinking with attributes", "<thinking depth=\"2\">" + THOUGHT + "</thinking >" + ANSWER),
                inText("tag with a prefix", "<seed:think>" + THOUGHT + "</seed:think>" + ANSWER),
                inText(
                        "harmony channels",
                        "<|channel|>analysis<|message|>" + THOUGHT
                                + "<think><|end|><|start|>assistant<|channel|>final<|message|>" + ANSWER
                                + "<|return|>"),
                inText("brackets", "[THINK]" + THOUGHT + "[/THINK]" + ANSWER),
                inText(
                        "special tokens",
                        "<|begin_of_thought|>" + THOUGHT + "<|end_of_thought|><|begin_of_solution|>" + ANSWER
                                + "<|end_of_solution|>"),
                new Shape(
                        "end tag alone", "deepseek-r1:8b", ANSWER, List.of(text(THOUGHT), text("\n</think>" + ANSWER))),
                new Shape("after the answer", "small", ANSWER, List.of(text(ANSWER), text("<thought>" + THOUGHT))),
                new Shape(
                        "field reasoning_content", "small", ANSWER, List.of(beside("reasoning_content"), text(ANSWER))),
                new Shape(
                        "field reasoning",
                        "small",
                        ANSWER,
                        List.of(beside("reasoning"), beside("reasoning"), text(ANSWER))),
                new Shape("blocks of content", "small", ANSWER, List.of(beside("content"), text(ANSWER))));
    }

    private static Stream<Arguments> shapesInEachProtocol() {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> shapes().stream().map(shape -> Arguments.of(protocol, shape)));
    }

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("shapesInEachProtocol")
    void write_thoughts_areNeverTheAnswerAndCountAsTheServiceCounts(Protocol protocol, Shape shape) throws Exception {
        ChatReply reply = write(protocol, shape, true);
        assertThat(reply.text()).isEqualTo(heard.toString());
        assertThat(reply.text().strip()).isEqualTo(shape.visible()).doesNotContain("secret");
        assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
        assertThat(reply.inputTokens()).isEqualTo(11);
        assertThat(reply.outputTokens()).isEqualTo(12);
        assertThat(reply.thinkingTokens()).isEqualTo(5);
        assertThat(reply.answeringModel()).isEqualTo("small-2026-11");
        assertThat(reply.estimated()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("shapesInEachProtocol")
    void write_thoughtsThatTheServiceDoesNotCount_areEstimated(Protocol protocol, Shape shape) throws Exception {
        ChatReply reply = write(protocol, shape, false);
        assertThat(reply.text().strip()).isEqualTo(shape.visible());
        assertThat(reply.estimated()).isTrue();
        assertThat(reply.thinkingTokens()).isGreaterThanOrEqualTo(10);
        assertThat(reply.outputTokens()).isGreaterThanOrEqualTo(reply.thinkingTokens());
    }

    @Test
    void write_tagWithoutAnEnd_isThoughtToTheEnd() throws Exception {
        Shape shape = new Shape("no end", "small", "", List.of(text("<think>" + THOUGHT), text(ANSWER)));
        for (Protocol protocol : Protocol.values()) {
            var failure = catchThrowableOfType(ModelCallException.class, () -> write(protocol, shape, true));
            assertThat(failure.reason()).isEqualTo(Reason.THOUGHTS_ONLY);
            assertThat(Objects.requireNonNull(failure.received()).outputTokens())
                    .isEqualTo(12);
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void write_marksInCodeOfTheAnswer_arePartsOfIt() throws Exception {
        String answer = "Models write `<think>` and\n```\n</think>\n<|end|>\n```\nthen a < b. [1]";
        for (Protocol protocol : Protocol.values()) {
            heard.setLength(0);
            assertThat(write(protocol, inText("code", answer), true).text()).isEqualTo(answer);
        }
    }

    @Test
    void write_endTagAloneOfAModelThatIsNotKnown_failsOnceAndIsHeldBackFromThenOn() throws Exception {
        Shape shape = new Shape("end tag alone", "small", ANSWER, List.of(text(THOUGHT), text("</think>" + ANSWER)));
        try (ScriptedServer server = new ScriptedServer(
                        (_, out) -> ScriptedServer.write(out, body(Protocol.OPENAI_STREAM, shape, true)));
                ChatModel model = model(Protocol.OPENAI_STREAM, "small", server.uri("/v1"))) {
            var failure = catchThrowableOfType(ModelCallException.class, () -> write(model));
            assertThat(failure.reason()).isEqualTo(Reason.INVALID_RESPONSE);
            heard.setLength(0);
            assertThat(write(model).text()).isEqualTo(ANSWER).isEqualTo(heard.toString());
        }
    }

    private ChatReply write(Protocol protocol, Shape shape, boolean counted) throws Exception {
        try (ScriptedServer server =
                        new ScriptedServer((_, out) -> ScriptedServer.write(out, body(protocol, shape, counted)));
                ChatModel model = model(protocol, shape.model(), server.uri("/v1"))) {
            return write(model);
        }
    }

    private ChatReply write(ChatModel model) {
        ChatRequest request =
                new ChatRequest(ModelCallContext.probe(), "Answer.", List.of(new Message(Role.READER, "Hello")), 100);
        return model.write(request, heard::append, new Cancellation(), Deadline.in(Duration.ofSeconds(60), CLOCK));
    }

    private ChatModel model(Protocol protocol, String name, URI server) {
        return switch (protocol) {
            case OPENAI_STREAM, OPENAI_WHOLE ->
                OpenAiFixture.factory(server, "key", 768, executor, CLOCK).chat(name);
            case GEMINI_STREAM, GEMINI_WHOLE ->
                GeminiFixture.factory(server, "key", 768, executor, CLOCK).chat(name);
        };
    }

    private static String body(Protocol protocol, Shape shape, boolean counted) {
        boolean stream = protocol == Protocol.OPENAI_STREAM || protocol == Protocol.GEMINI_STREAM;
        List<String> events = new ArrayList<>();
        switch (protocol) {
            case OPENAI_STREAM -> {
                shape.pieces().forEach(piece -> events.add(openAi("delta", delta(List.of(piece)), "null", "")));
                events.add(openAi("delta", "{}", "\"stop\"", counted ? OPENAI_USAGE : ""));
                events.add("[DONE]");
            }
            case OPENAI_WHOLE ->
                events.add(openAi("message", delta(shape.pieces()), "\"stop\"", counted ? OPENAI_USAGE : ""));
            case GEMINI_STREAM -> {
                shape.pieces().forEach(piece -> events.add(gemini(List.of(piece), "", "")));
                events.add(gemini(List.of(), ",\"finishReason\":\"STOP\"", counted ? GEMINI_USAGE : ""));
            }
            case GEMINI_WHOLE ->
                events.add(gemini(shape.pieces(), ",\"finishReason\":\"STOP\"", counted ? GEMINI_USAGE : ""));
        }
        String body = stream
                ? events.stream().map(event -> "data: " + event + "\n\n").collect(Collectors.joining())
                : "[" + String.join(",", events) + "]";
        return "HTTP/1.1 200 OK\r\nContent-Type: " + (stream ? "text/event-stream" : "application/json")
                + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static final String OPENAI_USAGE =
            ",\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":12,\"total_tokens\":23,"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":5}}";
    private static final String GEMINI_USAGE = ",\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":7,"
            + "\"thoughtsTokenCount\":5,\"totalTokenCount\":23}";

    private static String openAi(String part, String message, String finish, String usage) {
        return "{\"id\":\"1\",\"model\":\"small-2026-11\",\"choices\":[{\"index\":0,\"" + part + "\":" + message
                + ",\"finish_reason\":" + finish + "}]" + usage + "}";
    }

    private static String delta(List<Piece> pieces) {
        String visible = joined(pieces, false);
        String thought = joined(pieces, true);
        String field = pieces.stream()
                .map(Piece::field)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
        if (field.isEmpty()) {
            return "{\"content\":" + json(visible) + "}";
        }
        if (field.equals("content")) {
            return "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":" + json(thought)
                    + "}]},{\"type\":\"text\",\"text\":" + json(visible) + "}]}";
        }
        return "{\"content\":" + (visible.isEmpty() ? "null" : json(visible)) + ",\"" + field + "\":" + json(thought)
                + "}";
    }

    private static String joined(List<Piece> pieces, boolean thought) {
        return pieces.stream()
                .filter(piece -> piece.thought() == thought)
                .map(Piece::text)
                .collect(Collectors.joining());
    }

    private static String gemini(List<Piece> pieces, String finish, String usage) {
        String parts = pieces.stream()
                .map(piece -> "{\"text\":" + json(piece.text()) + (piece.thought() ? ",\"thought\":true" : "") + "}")
                .collect(Collectors.joining(","));
        return "{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[" + parts + "]}" + finish
                + "}],\"modelVersion\":\"small-2026-11\"" + usage + "}";
    }

    private static String json(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
