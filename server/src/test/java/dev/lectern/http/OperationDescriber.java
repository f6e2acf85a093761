package dev.lectern.http;

import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Completes the operations with the comments of their methods, and with what all operations of a kind have: tag, problems, headers, security. */
final class OperationDescriber {
    private static final Set<String> STREAMED = Set.of("askQuestion", "askInConversation", "followAnswer");
    private static final Set<String> NOT_STORED = Set.of("searchPassages", "createApiKey", "exchangeApiKey", "createUser", "createPasswordLink");
    private static final Set<String> WITH_CHANGE_TAG = Set.of(
            "createCollection",
            "getCollection",
            "renameCollection",
            "createApiKey",
            "getApiKey",
            "changeApiKey",
            "exchangeApiKey",
            "getDocument",
            "setDocumentTags",
            "getSource",
            "setSourceTags",
            "getSetting",
            "changeSetting",
            "resetSetting");
    private static final Set<String> WITH_ENTITY_TAG = Set.of("getDocumentText", "getDocumentContent");
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final SourceComments comments;
    private final ObjectNode document;
    private final OperationErrors errors;

    OperationDescriber(SourceComments comments, ObjectNode document) {
        this.comments = comments;
        this.document = document;
        this.errors = new OperationErrors(((ObjectNode) document.get("components")).putObject("responses"));
    }

    /** @param methods the methods of controllers by HTTP method in lower case and path */
    void describe(Map<String, Method> methods) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Method method = methods.get(operation.getKey() + " " + path.getKey());
                    if (method == null) {
                        throw new IllegalStateException(
                                "No controller has " + operation.getKey() + " " + path.getKey());
                    }
                    describe((ObjectNode) operation.getValue(), operation.getKey(), path.getKey(), method);
                }));
    }

    private void describe(ObjectNode operation, String method, String path, Method handler) {
        String id = operation.path("operationId").asString();
        String text = comments.text(handler);
        if (text.isEmpty()) {
            throw new IllegalStateException(handler + " has no comment, which is the description of " + id);
        }
        int end = text.indexOf(". ") < 0 ? text.length() : text.indexOf(". ") + 1;
        operation.put("summary", text.substring(0, end).replaceAll("\\.$", ""));
        operation.put("description", text);
        DeprecatedOperation deprecated = handler.getAnnotation(DeprecatedOperation.class);
        if (deprecated != null) {
            operation.put("deprecated", true).put("x-sunset", deprecated.sunset());
        }
        ApiTag tag = ApiTag.of(path);
        operation.putArray("tags").add(tag.title());
        operation.put("x-lectern-scope", scopeOf(handler).text());
        describeParameters(operation, path, comments.parameters(handler));
        describeResponses(operation, id);
        boolean operatorOnly = tag.isOperatorOnly();
        errors.add(operation, method, path, comments.thrown(handler));
        if (path.startsWith("/api/")) {
            addHeaders(operation, id, method);
            if (scopeOf(handler) == Scope.ASK) {
                operation.withArrayProperty("parameters").addObject().put("$ref", "#/components/parameters/EndUser");
            }
            addSecurity(operation, operatorOnly);
        } else {
            operation.putArray("security");
        }
    }

    private static void describeParameters(ObjectNode operation, String path, Map<String, String> texts) {
        ArrayNode described = JsonMapper.shared().createArrayNode();
        for (JsonNode one : operation.path("parameters")) {
            ObjectNode parameter = (ObjectNode) one;
            String name = parameter.path("name").asString();
            if (name.equals("Accept")) {
                continue;
            }
            if (name.equals("If-Match")) {
                described.addObject().put("$ref", "#/components/parameters/IfMatch");
                continue;
            }
            String javaName = name.equals("Last-Event-ID") ? "lastEvent" : name;
            String own = texts.getOrDefault(javaName, name.equals("id") ? "id of the " + thing(path, "{id}") : "");
            ObjectNode schema = SchemaDescriber.describeValue((ObjectNode) parameter.get("schema"), name, own, true);
            JsonNode text = schema.remove("description");
            parameter.put("description", text == null ? "" : text.asString());
            if (name.equals("filter")) {
                schema.put("contentMediaType", JSON)
                        .putObject("contentSchema")
                        .put("$ref", "#/components/schemas/SearchFilter");
            }
            if (own.startsWith("an older name")) {
                parameter.put("deprecated", true);
            }
            parameter.set("schema", schema);
            described.add(parameter);
        }
        if (described.isEmpty()) {
            operation.remove("parameters");
        } else {
            operation.set("parameters", described);
        }
    }

    /** What an id in a path is of: {@code collection} for {@code /collections/{id}/sources}. */
    private static String thing(String path, String variable) {
        Matcher before = Pattern.compile("/(\\w+)/" + Pattern.quote(variable)).matcher(path);
        return before.find() ? before.group(1).replaceAll("s$", "") : "thing";
    }

    private static void describeResponses(ObjectNode operation, String id) {
        ObjectNode responses = (ObjectNode) operation.get("responses");
        responses.remove(List.of("500", "default"));
        if (id.equals("uploadDocuments")) {
            ObjectNode conflict = responses.putObject("409");
            conflict.put(
                    "description",
                    "All files were refused (`document_exists`), or the key is used (`conflict`, `idempotency_conflict`).");
            ArrayNode either = conflict.putObject("content")
                    .putObject(Problem.MEDIA_TYPE)
                    .putObject("schema")
                    .putArray("anyOf");
            either.addObject().put("$ref", "#/components/schemas/UploadProblem");
            either.addObject().put("$ref", "#/components/schemas/Problem");
        } else {
            responses.remove("409");
        }
        for (Map.Entry<String, JsonNode> one : responses.properties()) {
            ObjectNode response = (ObjectNode) one.getValue();
            if (!one.getKey().equals("409")) {
                response.put("description", success(one.getKey()));
            }
            JsonNode any = response.path("content").get("*/*");
            if (any != null) {
                ((ObjectNode) response.get("content")).removeAll();
                ((ObjectNode) response.get("content")).set(JSON, any);
            }
        }
        special(responses, id);
    }

    private static void special(ObjectNode responses, String id) {
        if (!(responses.get("200") instanceof ObjectNode ok)) {
            return;
        }
        ObjectNode content = ok.withObjectProperty("content");
        if (STREAMED.contains(id)) {
            content.set(EVENTS, EventStreamDescriber.answer());
        }
        switch (id) {
            case "followJob" -> content.set(EVENTS, EventStreamDescriber.job());
            case "getDocumentContent" -> {
                content.removeAll();
                for (String type : List.of("application/octet-stream", "application/pdf", "text/plain")) {
                    content.putObject(type)
                            .putObject("schema")
                            .put("type", "string")
                            .put("format", "binary");
                }
            }
            case "exportConversation" -> {
                content.putObject(JSON).putObject("schema").put("$ref", "#/components/schemas/ConversationExport");
                content.putObject("text/markdown").putObject("schema").put("type", "string");
            }
            case "getMetrics" -> {
                content.removeAll();
                content.putObject("text/plain").putObject("schema").put("type", "string");
            }
            case "getHealth", "getLiveness", "getReadiness" -> {
                ObjectNode down = ok.deepCopy();
                responses.set("503", down.put("description", "At least one required component is down."));
            }
            default -> {}
        }
        if (WITH_ENTITY_TAG.contains(id)) {
            refer(
                    responses
                            .putObject("304")
                            .put("description", "Not changed since the `ETag` of `If-None-Match`.")
                            .putObject("headers"),
                    "ETag");
        }
    }

    private static String success(String status) {
        return switch (status) {
            case "201" -> "Created.";
            case "202" -> "Accepted; the work goes on in the background.";
            case "204" -> "Done; no content.";
            default -> "Success.";
        };
    }

    private static void addHeaders(ObjectNode operation, String id, String method) {
        ArrayNode parameters = operation.withArrayProperty("parameters");
        if (method.equals("post") && !NOT_STORED.contains(id)) {
            parameters.addObject().put("$ref", "#/components/parameters/IdempotencyKey");
        }
        if (WITH_ENTITY_TAG.contains(id)) {
            parameters.addObject().put("$ref", "#/components/parameters/IfNoneMatch");
        }
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            if (response.getValue().has("$ref")) {
                continue;
            }
            ObjectNode headers = ((ObjectNode) response.getValue()).withObjectProperty("headers");
            refer(headers, "X-Request-Id");
            refer(headers, "RateLimit");
            refer(headers, "RateLimit-Policy");
            if (response.getKey().equals("201")) {
                refer(headers, "Location");
            }
            if (method.equals("post") && response.getKey().startsWith("2") && !NOT_STORED.contains(id)) {
                refer(headers, "Idempotency-Replayed");
            }
            if (WITH_ENTITY_TAG.contains(id) || WITH_CHANGE_TAG.contains(id)) {
                refer(headers, "ETag");
            }
        }
    }

    /** The scope that a key needs for an operation; each has exactly one. */
    private static Scope scopeOf(Method handler) {
        RequiresScope required = handler.getAnnotation(RequiresScope.class);
        if (required == null) {
            required = handler.getDeclaringClass().getAnnotation(RequiresScope.class);
        }
        if (required == null) {
            throw new IllegalStateException(handler + " has no scope. Annotate it, or its class, with @RequiresScope.");
        }
        return required.value();
    }

    private static void addSecurity(ObjectNode operation, boolean operatorOnly) {
        ArrayNode security = operation.putArray("security");
        if (!operatorOnly) {
            security.addObject().putArray("visitor");
        }
        security.addObject().putArray("apiKey");
        security.addObject().putArray("operatorKey");
        if (!operatorOnly) {
            security.addObject();
        }
    }

    /** Refers to a header of the components. */
    static void refer(ObjectNode headers, String name) {
        headers.putObject(name).put("$ref", "#/components/headers/" + name);
    }
}
