package dev.lectern.http;

import dev.lectern.shared.ErrorCode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Describes the problems of operations: those that every operation of its kind has, and those that the comment of its method names. */
final class OperationErrors {
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final Set<Integer> WITH_RETRY_AFTER = Set.of(409, 429, 503);
    private static final Pattern CODE = Pattern.compile("\\b[A-Z]+(?:_[A-Z]+)*\\b");

    private final ObjectNode shared;

    /** @param shared where responses are added that several operations have */
    OperationErrors(ObjectNode shared) {
        this.shared = shared;
    }

    /**
     * Adds the problems of an operation to its responses.
     *
     * @param method in lower case
     * @param thrown what its method says about its exceptions
     */
    void add(ObjectNode operation, String method, String path, String thrown) {
        Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);
        codes.add(ErrorCode.QUOTA_EXCEEDED);
        codes.add(ErrorCode.INTERNAL);
        if (path.startsWith("/api/")) {
            codes.addAll(Set.of(
                    ErrorCode.INVALID_REQUEST,
                    ErrorCode.UNAUTHENTICATED,
                    ErrorCode.FORBIDDEN,
                    ErrorCode.NOT_ACCEPTABLE,
                    ErrorCode.OVERLOADED,
                    ErrorCode.DATABASE_UNAVAILABLE,
                    ErrorCode.SHUTTING_DOWN));
            addOfKind(codes, operation, method, path);
        }
        CODE.matcher(thrown)
                .results()
                .map(found -> ErrorCode.valueOf(found.group()))
                .forEach(codes::add);
        Map<Integer, Set<ErrorCode>> byStatus = new TreeMap<>();
        codes.forEach(code -> byStatus.computeIfAbsent(code.status(), status -> EnumSet.noneOf(ErrorCode.class))
                .add(code));
        ObjectNode responses = (ObjectNode) operation.get("responses");
        byStatus.forEach((status, ofStatus) -> {
            if (!responses.has(status.toString())) {
                responses.putObject(status.toString()).put("$ref", "#/components/responses/" + share(status, ofStatus));
            }
        });
        responses.putObject("default").put("$ref", "#/components/responses/" + shareDefault());
    }

    private static void addOfKind(
            Set<ErrorCode> codes, ObjectNode operation, String method, String path) {
        if (path.contains("{")) {
            codes.add(ErrorCode.NOT_FOUND);
        }
        if (operation.has("requestBody")) {
            codes.addAll(Set.of(ErrorCode.REQUEST_TIMEOUT, ErrorCode.TOO_LARGE, ErrorCode.UNSUPPORTED_FORMAT));
        }
        if (!method.equals("get")) {
            codes.addAll(Set.of(ErrorCode.ORIGIN_NOT_ALLOWED, ErrorCode.STORAGE_FULL));
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("$ref").asString("").endsWith("/IfMatch")) {
                codes.add(ErrorCode.PRECONDITION_FAILED);
            }
        }
        if (method.equals("post")) {
            codes.addAll(Set.of(ErrorCode.CONFLICT, ErrorCode.IDEMPOTENCY_CONFLICT));
        }
    }

    private String share(int status, Set<ErrorCode> codes) {
        String name = codes.stream().map(OperationErrors::camel).collect(Collectors.joining("Or"));
        if (!shared.has(name)) {
            String text = codes.stream()
                    .map(code -> code.title() + " (`" + Problem.nameOf(code) + "`)")
                    .collect(Collectors.joining(", or "));
            fill(shared.putObject(name), text + ".", WITH_RETRY_AFTER.contains(status));
        }
        return name;
    }

    private String shareDefault() {
        if (!shared.has("AnyProblem")) {
            fill(shared.putObject("AnyProblem"), "Any other problem: what is wrong, and what to do.", false);
        }
        return "AnyProblem";
    }

    private static void fill(ObjectNode response, String text, boolean retryAfter) {
        response.put("description", text);
        ObjectNode headers = response.putObject("headers");
        OperationDescriber.refer(headers, "X-Request-Id");
        OperationDescriber.refer(headers, "RateLimit");
        OperationDescriber.refer(headers, "RateLimit-Policy");
        if (retryAfter) {
            OperationDescriber.refer(headers, "Retry-After");
        }
        response.putObject("content")
                .putObject(Problem.MEDIA_TYPE)
                .set("schema", JsonMapper.shared().createObjectNode().put("$ref", PROBLEM));
    }

    private static String camel(ErrorCode code) {
        StringBuilder name = new StringBuilder();
        for (String word : code.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
