package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import io.swagger.v3.core.converter.ModelConverters;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API in the jar says what the controllers do, and is sound. */
@NeedsServer
@SuppressWarnings("NullAway.Init") // Filled before all tests.
class OpenApiTest {
    private static final Path FILE = Path.of("src", "main", "resources", "META-INF", "resources", "openapi.json");
    private static final String EVENTS = "dev.lectern.answering.web.TurnEventJson$";
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");
    private static final JsonMapper PRETTY = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static JsonNode described;
    private static Map<RequestMappingInfo, HandlerMethod> handlers;

    @BeforeAll
    static void describe() throws Exception {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        try (TestServer server = TestServer.start(
                List.of("springdoc.api-docs.enabled=true", "springdoc.api-docs.path=/v3/api-docs"), Described.class)) {
            handlers = server.bean(RequestMappingHandlerMapping.class).getHandlerMethods();
            ObjectNode tree = (ObjectNode)
                    JsonMapper.shared().readTree(server.get("/v3/api-docs").body());
            ApiDescription.complete(tree, server.bean(SchemaNames.class).types(), methods());
            described = JsonMapper.shared().readTree(PRETTY.writeValueAsString(PRETTY.treeToValue(tree, Map.class)));
        }
        if (Boolean.getBoolean("lectern.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, PRETTY.writeValueAsString(PRETTY.treeToValue(described, Map.class)) + "\n");
        }
    }

    private static Map<String, Method> methods() {
        Map<String, Method> methods = new TreeMap<>();
        handlers.forEach((mapping, handler) -> mapping.getPatternValues()
                .forEach(path -> mapping.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> methods.put(
                                method.name().toLowerCase(Locale.ROOT) + " " + path, handler.getMethod()))));
        return methods;
    }

    @Test
    void file_saysWhatTheControllersDo() throws Exception {
        assertThat(JsonMapper.shared().readTree(Files.readString(FILE)).toPrettyString())
                .as("Write it again with -Dlectern.write=true")
                .isEqualTo(described.toPrettyString());
    }

    @Test
    void everyPath_isOfTheProduct() throws Exception {
        Set<String> ofProduct = new HashSet<>();
        for (var handler : handlers.entrySet()) {
            String classes = handler.getValue()
                    .getBeanType()
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString();
            if (!classes.contains("test-classes")) {
                ofProduct.addAll(handler.getKey().getPatternValues());
            }
        }
        JsonNode file = JsonMapper.shared().readTree(Files.readString(FILE));
        assertThat(ofProduct).contains("/api/v1/ask");
        assertThat(described.path("paths").propertyNames())
                .isSubsetOf(ofProduct)
                .noneMatch(path -> path.contains("/test/"));
        assertThat(file.path("paths").propertyNames()).isSubsetOf(ofProduct);
    }

    @Test
    void everyOperation_isDescribedWithResponsesAndSecurity() {
        Set<String> ids = new HashSet<>();
        Set<String> tags = Stream.of(ApiTag.values()).map(ApiTag::title).collect(Collectors.toSet());
        operations().forEach((name, operation) -> {
            String id = operation.path("operationId").asString("");
            assertThat(ids.add(id)).as(name + " has a name of its own").isTrue();
            // Springdoc numbers the methods of equal names, in an order that changes.
            assertThat(id).as(name).matches("[a-z]+([A-Z][a-z]*)*");
            assertThat(operation.path("summary").asString("")).as(name).isNotEmpty();
            assertThat(operation.path("description").asString("")).as(name).isNotEmpty();
            assertThat(tags).as(name).contains(operation.at("/tags/0").asString(""));
            assertThat(operation.has("security")).as(name).isTrue();
            assertThat(operation.path("responses").propertyNames())
                    .as(name)
                    .anyMatch(status -> status.startsWith("2"))
                    .contains("429", "500", "default");
            operation.path("responses").forEach(response -> {
                JsonNode resolved = response.has("$ref")
                        ? described.at(response.path("$ref").asString().substring(1))
                        : response;
                assertThat(resolved.path("description").asString("")).as(name).isNotEmpty();
            });
        });
        assertThat(ids).contains("askQuestion", "listCollections", "uploadDocuments");
        assertThat(described.at("/paths/~1api~1v1~1collections/post/responses/201/headers/Location"))
                .isNotEmpty();
    }

    @Test
    void everyField_isDescribed_andRequiredUnlessItMayBeAbsent() {
        described.at("/components/schemas").properties().forEach(schema -> {
            assertThat(schema.getValue().path("description").asString(""))
                    .as(schema.getKey())
                    .isNotEmpty();
            schema.getValue()
                    .path("properties")
                    .properties()
                    .forEach(field -> assertThat(
                                    field.getValue().path("description").asString(""))
                            .as(schema.getKey() + "." + field.getKey())
                            .isNotEmpty());
        });
        JsonNode question = described.at("/components/schemas/AskRequest");
        assertThat(question.path("required").toString()).isEqualTo("[\"question\"]");
        assertThat(question.at("/properties/question/maxLength").asInt()).isEqualTo(4_000);
        assertThat(question.path("additionalProperties").asBoolean(true)).isFalse();
        JsonNode answer = described.at("/components/schemas/Answer");
        assertThat(answer.path("required").valueStream().map(JsonNode::asString))
                .contains("id", "status", "text", "citations")
                .doesNotContain("reason", "fallback");
        assertThat(answer.at("/properties/status/enum").toString())
                .isEqualTo("[\"answered\",\"abstained\",\"failed\"]");
        assertThat(described.at("/components/schemas/Problem/properties/code/enum"))
                .hasSize(ErrorCode.values().length);
    }

    @Test
    void streams_areDescribedWithTheirEvents() {
        JsonNode events =
                described.at("/paths/~1api~1v1~1ask/post/responses/200/content/text~1event-stream/schema/oneOf");
        assertThat(events.valueStream()
                        .map(event -> event.at("/properties/event/const").asString()))
                .containsExactly("started", "passages", "delta", "citations", "finished", "failed");
    }

    /** What is promised to those who build on the API, by the paths alone: names of parameters may differ. */
    @Test
    void everyPromisedCall_isDescribed() {
        Set<String> promised = Set.of("""
                get /collections
                post /collections
                get /collections/{}
                patch /collections/{}
                delete /collections/{}
                post /collections/{}/documents
                get /collections/{}/documents
                get /documents/{}
                delete /documents/{}
                get /documents/{}/content
                get /documents/{}/text
                post /documents/{}/reingest
                get /collections/{}/sources
                post /collections/{}/sources
                get /sources/{}
                delete /sources/{}
                get /sources/{}/findings
                get /sources/{}/missing
                post /sources/{}/scan
                get /jobs
                get /jobs/{}
                get /jobs/{}/events
                post /jobs/{}/retry
                delete /jobs/{}
                post /search
                post /ask
                post /conversations
                get /conversations
                get /conversations/{}
                patch /conversations/{}
                delete /conversations/{}
                get /conversations/{}/messages
                post /conversations/{}/messages
                get /conversations/{}/export
                get /conversations/{}/messages/{}/events
                post /conversations/{}/messages/{}/stop
                post /messages/{}/feedback
                """.strip().split("\\s*\\n\\s*"));
        assertThat(operations().keySet().stream()
                        .map(name -> name.replace(" /api/v1", " ").replaceAll("\\{[^}]+}", "{}")))
                .containsAll(promised);
    }

    @Test
    void everyParameterOfAPath_isDescribed() {
        operations().forEach((name, operation) -> {
            List<String> described = new ArrayList<>();
            operation
                    .path("parameters")
                    .forEach(parameter -> described.add(parameter.path("name").asString("")));
            Matcher inPath = Pattern.compile("\\{([^}]+)}").matcher(name);
            while (inPath.find()) {
                assertThat(described).as(name).contains(inPath.group(1));
            }
        });
    }

    @Test
    void everyReference_leadsSomewhere() {
        described
                .findValues("$ref")
                .forEach(reference -> assertThat(described
                                .at(reference.asString("").substring(1))
                                .isMissingNode())
                        .as(reference.asString(""))
                        .isFalse());
    }

    private static Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        described
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> operations.put(method.getKey() + " " + path.getKey(), method.getValue())));
        return operations;
    }

    /** What springdoc needs beside the controllers: names of schemas, and schemas that no signature has. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Described {
        @Bean
        SchemaNames schemaNames() {
            return new SchemaNames();
        }

        @Bean
        OpenApiCustomizer lectern() {
            return api -> Stream.of(
                            "dev.lectern.http.Problem",
                            "dev.lectern.conversations.web.ConversationExportController$ConversationExport",
                            EVENTS + "StartedJson",
                            EVENTS + "PassagesJson",
                            EVENTS + "DeltaJson",
                            EVENTS + "CitationsJson",
                            EVENTS + "FinishedJson",
                            EVENTS + "FailedJson")
                    .map(Described::load)
                    .forEach(type ->
                            ModelConverters.getInstance(true).readAll(type).forEach(api.getComponents()::addSchemas));
        }

        private static Class<?> load(String name) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
