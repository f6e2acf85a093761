package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.shared.Caller;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            JsonNode tree =
                    JsonMapper.shared().readTree(server.get("/v3/api-docs").body());
            ((ObjectNode) tree).remove("servers");
            described = JsonMapper.shared().readTree(PRETTY.writeValueAsString(PRETTY.treeToValue(tree, Map.class)));
        }
        if (Boolean.getBoolean("lectern.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, PRETTY.writeValueAsString(PRETTY.treeToValue(described, Map.class)) + "\n");
        }
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
    void everyOperation_isNamedOnce_succeedsSomehow_andFailsWithAProblem() {
        Set<String> ids = new HashSet<>();
        operations().forEach((name, operation) -> {
            assertThat(ids.add(operation.path("operationId").asString("")))
                    .as(name + " has a name of its own")
                    .isTrue();
            assertThat(operation.path("responses").propertyNames()).as(name).anyMatch(status -> status.startsWith("2"));
            assertThat(operation
                            .at("/responses/default/content/application~1problem+json")
                            .isMissingNode())
                    .as(name + " describes its problems")
                    .isFalse();
        });
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

    /** What the controllers do not say, as it is the same for all of them. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Described {
        @Bean
        OpenApiCustomizer lectern() {
            return api -> {
                api.info(new Info()
                        .title("Lectern")
                        .version("v1")
                        .description("Answers questions from your own documents, with citations that can be checked.")
                        .license(new License().name("Apache-2.0")));
                ModelConverters.getInstance()
                        .readAll(Problem.class)
                        .forEach((name, schema) -> addSchema(api, name, schema));
                api.getPaths().values().forEach(path -> path.readOperations().forEach(Described::addProblem));
            };
        }

        private static void addSchema(OpenAPI api, String name, Schema<?> schema) {
            api.getComponents().addSchemas(name, schema);
        }

        private static void addProblem(Operation operation) {
            Schema<?> reference = new Schema<>().$ref("#/components/schemas/Problem");
            operation.getResponses().remove("500");
            operation
                    .getResponses()
                    .addApiResponse(
                            "default",
                            new ApiResponse()
                                    .description("What went wrong, and what to do")
                                    .content(new Content()
                                            .addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(reference))));
        }
    }
}
