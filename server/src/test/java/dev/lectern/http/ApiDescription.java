package dev.lectern.http;

import dev.lectern.security.EndUser;
import dev.lectern.shared.ErrorCode;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the whole description of the API of what springdoc finds in the controllers: comments, bounds, problems, headers, security and tags. */
final class ApiDescription {
    private static final String DESCRIPTION = """
            Answers questions from your own documents, with citations that can be checked.

            Requests are read strictly: unknown fields, values of another type and repeated fields are errors. Errors are \
            problems (RFC 9457) with a stable `code`. Lists come in pages. Ids are opaque. Times are RFC 3339 in UTC with \
            milliseconds. Fields without a value are absent. New fields, new values of lists and new operations may be added \
            at any time; everything else stays as long as the path begins with `/api/v1`.""";

    private ApiDescription() {}

    /**
     * Completes a description.
     *
     * @param document as springdoc makes it
     * @param types the record of each schema
     * @param methods the methods of controllers by HTTP method in lower case and path
     */
    static void complete(ObjectNode document, Map<String, Class<?>> types, Map<String, Method> methods) {
        document.remove("servers");
        document.putArray("servers").addObject().put("url", ".").put("description", "The server of this document.");
        ObjectNode info = document.putObject("info");
        info.put("title", "Lectern").put("version", "v1").put("description", DESCRIPTION);
        info.put("summary", "Answers with citations from your own documents.");
        info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
        info.putObject("contact").put("name", "The operator of this server");
        ArrayNode tags = document.putArray("tags");
        for (ApiTag tag : ApiTag.values()) {
            tags.addObject().put("name", tag.title()).put("description", tag.text());
        }
        SourceComments comments = new SourceComments();
        addComponents((ObjectNode) document.get("components"));
        new OperationDescriber(comments, document).describe(methods);
        new SchemaDescriber(comments, types, document).describe();
        describeProblem((ObjectNode) document.at("/components/schemas"));
    }

    private static void addComponents(ObjectNode components) {
        ObjectNode headers = components.putObject("headers");
        header(headers, "X-Request-Id", "Id of the request, as in the server's log.", "01m8bzddpt114g9en0qm9h7wjk");
        header(
                headers,
                "RateLimit-Policy",
                "Limits of requests (draft-ietf-httpapi-ratelimit-headers): `q` requests in `w` seconds. Absent while no limit is on.",
                "\"ip\";q=100;w=60");
        header(
                headers,
                "RateLimit",
                "What is left: `r` requests, until the limit is full again in `t` seconds. Absent while no limit is on.",
                "\"ip\";r=42;t=18");
        header(headers, "Retry-After", "Seconds to wait before the request is sent again; absent if unknown.", "2");
        header(
                headers,
                "ETag",
                "Tag of the content, for `If-None-Match`; or of what can be changed, for `If-Match`.",
                "W/\"1-2f5a\"");
        header(headers, "Location", "Path of what was created.", "/api/v1/collections/01m8bzanag43kdz9zvmxr3bafz");
        header(
                headers,
                "Idempotency-Replayed",
                "`true` if the response is that of an earlier request with the same key.",
                "true");
        ObjectNode parameters = components.putObject("parameters");
        ObjectNode key = parameter(
                parameters,
                "IdempotencyKey",
                "Idempotency-Key",
                "A value of your own that is hard to guess, such as a UUID. A repeated request with the same key is executed"
                        + " only once, and gets the response of the first one.");
        key.put("minLength", 1).put("maxLength", 255).put("pattern", "^[!-~]+$");
        key.putArray("examples").add("6d0c8f0e-7a51-4c55-9f6e-2a4a3f0f0b11");
        parameter(
                        parameters,
                        "IfNoneMatch",
                        "If-None-Match",
                        "The `ETag` of an earlier response. The response is 304 if nothing has changed since.")
                .putArray("examples")
                .add("W/\"1-2f5a\"");
        parameter(
                        parameters,
                        "IfMatch",
                        "If-Match",
                        "The `ETag` of the response that the change rests on. If somebody else has changed it since, nothing is changed,"
                                + " and the response is 412. Without this header the change is made in any case.")
                .putArray("examples")
                .add("\"9f86d081884c7d65\"");
        ObjectNode user = parameter(
                parameters,
                "EndUser",
                EndUser.HEADER,
                "Whom a program with an API key asks for: its own name for a person. Characters beyond ASCII and `%` are"
                        + " percent-encoded as UTF-8. Each end user has conversations and limits of its own.");
        user.put("minLength", 1);
        user.putArray("examples").add("customer-4711");
        ObjectNode security = components.putObject("securitySchemes");
        security.putObject("visitor")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "lectern_visitor_8080")
                .put(
                        "description",
                        "The cookie of a reader without an account. The first response sets it. Its name ends with the port of the"
                                + " server. Without it each request is that of a new visitor.");
        security.putObject("operatorKey")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "The content of the file `key` in the data folder of the server.");
        security.putObject("apiKey")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "lect_…")
                .put(
                        "description",
                        "The secret of an API key. A key has some of the scopes `ask`, `search`, `read`, `write`, `manage`, `metrics` and"
                                + " `admin`; the scope that an operation needs is its `x-lectern-scope`.");
    }

    private static void header(ObjectNode headers, String name, String text, String example) {
        ObjectNode schema = headers.putObject(name)
                .put("description", text)
                .putObject("schema")
                .put("type", "string");
        schema.putArray("examples").add(example);
    }

    private static ObjectNode parameter(ObjectNode parameters, String name, String header, String text) {
        return parameters
                .putObject(name)
                .put("name", header)
                .put("in", "header")
                .put("required", false)
                .put("description", text)
                .putObject("schema")
                .put("type", "string");
    }

    /** Adds what only the catalogue of errors says. */
    private static void describeProblem(ObjectNode schemas) {
        List<String> codes = Stream.of(ErrorCode.values()).map(Problem::nameOf).toList();
        for (String name : List.of("Problem", "UploadProblem")) {
            ObjectNode properties = (ObjectNode) schemas.at("/" + name + "/properties");
            ArrayNode values = properties.withObject("/code").putArray("enum");
            codes.forEach(values::add);
            properties.withObject("/status").put("minimum", 400).put("maximum", 599);
            properties.withObject("/type").put("format", "uri");
        }
        ObjectNode message = (ObjectNode) schemas.at("/Message/properties");
        refer(message, "answer", "Answer");
        refer(message, "filter", "SearchFilter");
        ObjectNode event =
                schemas.putObject("JobEvent").put("type", "object").put("description", "The job as it is now.");
        event.putObject("properties")
                .putObject("job")
                .put("$ref", "#/components/schemas/Job")
                .put("description", "The whole job.");
        event.putArray("required").add("job");
    }

    private static void refer(ObjectNode properties, String name, String schema) {
        ObjectNode reference = JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/" + schema);
        reference.set("description", properties.path(name).path("description"));
        properties.set(name, reference);
    }
}
