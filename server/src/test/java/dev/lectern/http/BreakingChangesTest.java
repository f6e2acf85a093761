package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API still has what clients of the last release use, and what would break them is found. */
class BreakingChangesTest {
    private static final Path RELEASED = Path.of("..", "docs", "api");
    private static final Path PRESENT = Path.of("src", "main", "resources", "META-INF", "resources", "openapi.json");
    private static final String ASK = "/paths/~1api~1v1~1ask/post";
    private static final String SCHEMAS = "/components/schemas/";

    @Test
    void api_breaksNoClientOfTheLastRelease() throws Exception {
        assertThat(BreakingChanges.find(read(lastRelease()), read(PRESENT))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void change_thatBreaksClients_isFound(String expected, Consumer<ObjectNode> change) throws Exception {
        JsonNode present = read(PRESENT);
        ObjectNode changed = (ObjectNode) present.deepCopy();
        change.accept(changed);

        assertThat(BreakingChanges.find(present, changed)).anyMatch(found -> found.contains(expected));
    }

    @ParameterizedTest
    @MethodSource("additions")
    void change_thatBreaksNoClient_isNotReported(Consumer<ObjectNode> change) throws Exception {
        JsonNode present = read(PRESENT);
        ObjectNode changed = (ObjectNode) present.deepCopy();
        change.accept(changed);

        assertThat(changed).isNotEqualTo(present);
        assertThat(BreakingChanges.find(present, changed)).isEmpty();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "post /api/v1/ask was removed",
                        api -> at(api, "/paths/~1api~1v1~1ask").remove("post")),
                change("another operationId", api -> at(api, ASK).put("operationId", "ask")),
                change(
                        "no field plainText",
                        api -> at(api, SCHEMAS + "Answer/properties").remove("plainText")),
                change(
                        "no field question",
                        api -> at(api, SCHEMAS + "AskRequest/properties").remove("question")),
                change(
                        ".score was of type [number] and is of type [string]",
                        api -> at(api, SCHEMAS + "Citation/properties/score").put("type", "string")),
                change(
                        "needs the field stream",
                        api -> at(api, SCHEMAS + "AskRequest")
                                .withArrayProperty("required")
                                .add("stream")),
                change("may lack the field", api -> at(api, SCHEMAS + "Answer").remove("required")),
                change(
                        "lower maxLength",
                        api -> at(api, SCHEMAS + "AskRequest/properties/question")
                                .put("maxLength", 100)),
                change(
                        "no \"dense\"",
                        api -> at(api, SCHEMAS + "SearchRequest/properties/mode")
                                .withArrayProperty("enum")
                                .remove(2)),
                change(
                        "gives no text/event-stream",
                        api -> at(api, ASK + "/responses/200/content").remove("text/event-stream")),
                change(
                        "no parameter query status",
                        api -> at(api, "/paths/~1api~1v1~1collections~1{id}~1documents/get")
                                .remove("parameters")),
                change("needs the new parameter query tenant", api -> addParameter(api, true)));
    }

    static Stream<Arguments> additions() {
        return Stream.<Consumer<ObjectNode>>of(
                        api -> at(api, SCHEMAS + "Answer/properties")
                                .putObject("mood")
                                .put("type", "string"),
                        api -> at(api, SCHEMAS + "AskRequest/properties")
                                .putObject("mood")
                                .put("type", "string"),
                        api -> at(api, SCHEMAS + "Answer/properties/status")
                                .withArrayProperty("enum")
                                .add("new"),
                        api -> at(api, "/paths").putObject("/api/v1/new"),
                        api -> at(api, SCHEMAS + "AskRequest/properties/question")
                                .put("maxLength", 8_000),
                        api -> addParameter(api, false))
                .map(Arguments::of);
    }

    private static void addParameter(ObjectNode api, boolean required) {
        at(api, ASK)
                .withArrayProperty("parameters")
                .addObject()
                .put("in", "query")
                .put("name", "tenant")
                .put("required", required);
    }

    private static Arguments change(String expected, Consumer<ObjectNode> change) {
        return Arguments.of(expected, change);
    }

    private static ObjectNode at(ObjectNode api, String pointer) {
        return (ObjectNode) api.at(pointer);
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    private static Path lastRelease() throws IOException {
        try (Stream<Path> files = Files.list(RELEASED)) {
            return files.filter(file -> file.getFileName().toString().matches("openapi-\\d+\\.\\d+\\.\\d+\\.json"))
                    .max(Comparator.comparing(BreakingChangesTest::version, BreakingChangesTest::compare))
                    .orElseThrow();
        }
    }

    private static List<Integer> version(Path file) {
        return Stream.of(file.getFileName()
                        .toString()
                        .replaceAll("[^\\d.]|\\.json", "")
                        .split("\\."))
                .map(Integer::valueOf)
                .toList();
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
