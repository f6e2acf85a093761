package dev.lectern.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Finds what breaks clients between two descriptions of the API: what a response had must still be there and of no further type, and what a request could have
 * must still be possible. New operations, fields of responses, optional fields of requests and values of responses break nothing.
 */
final class BreakingChanges {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final List<String> UPPER_BOUNDS = List.of("maxLength", "maxItems", "maximum");
    private static final List<String> LOWER_BOUNDS = List.of("minLength", "minItems", "minimum");

    private final JsonNode former;
    private final JsonNode present;
    private final List<String> found = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private BreakingChanges(JsonNode former, JsonNode present) {
        this.former = former;
        this.present = present;
    }

    /** The changes that break clients, each as a sentence; empty without any. */
    static List<String> find(JsonNode former, JsonNode present) {
        BreakingChanges changes = new BreakingChanges(former, present);
        former.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation ->
                                changes.compareOperation(operation.getKey(), path.getKey(), operation.getValue())));
        return changes.found;
    }

    private void compareOperation(String method, String path, JsonNode before) {
        String name = method + " " + path;
        JsonNode now = present.path("paths").path(path).path(method);
        if (now.isMissingNode()) {
            found.add(name + " was removed");
            return;
        }
        // Until version 0.5.0 the names were made up at build time, and there were no tags.
        if (former.has("tags") && !before.path("operationId").equals(now.path("operationId"))) {
            found.add(name + " has another operationId, which renames it in generated clients");
        }
        compareParameters(name, before, now);
        before.at("/requestBody/content").properties().forEach(content -> {
            JsonNode other = now.path("requestBody").path("content").path(content.getKey());
            if (other.isMissingNode()) {
                found.add(name + " takes no " + content.getKey() + " any more");
            } else {
                compareSchema(name + " request", content.getValue().path("schema"), other.path("schema"), true);
            }
        });
        if (!before.at("/requestBody/required").asBoolean(false)
                && now.at("/requestBody/required").asBoolean(false)
                && before.has("requestBody")) {
            found.add(name + " needs a body");
        }
        compareSuccess(name, before, now);
    }

    private void compareParameters(String name, JsonNode before, JsonNode now) {
        Map<String, JsonNode> formerly = parameters(former, before);
        Map<String, JsonNode> presently = parameters(present, now);
        formerly.forEach((key, parameter) -> {
            JsonNode other = presently.get(key);
            // OpenAPI leaves this header to the media types.
            if (other == null && !key.equals("header Accept")) {
                found.add(name + " has no parameter " + key + " any more");
            } else if (other != null) {
                compareSchema(name + " " + key, parameter.path("schema"), other.path("schema"), true);
                if (isRequired(other) && !isRequired(parameter)) {
                    found.add(name + " needs the parameter " + key);
                }
            }
        });
        presently.forEach((key, parameter) -> {
            if (!formerly.containsKey(key) && isRequired(parameter)) {
                found.add(name + " needs the new parameter " + key);
            }
        });
    }

    private static boolean isRequired(JsonNode parameter) {
        return parameter.path("required").asBoolean(false);
    }

    private static Map<String, JsonNode> parameters(JsonNode document, JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .map(parameter -> resolve(document, parameter))
                .collect(Collectors.toMap(
                        parameter -> parameter.path("in").asString() + " "
                                + parameter.path("name").asString(),
                        parameter -> parameter));
    }

    private void compareSuccess(String name, JsonNode before, JsonNode now) {
        JsonNode formerly = success(before);
        JsonNode presently = success(now);
        formerly.properties().forEach(content -> {
            boolean any = content.getKey().equals("*/*");
            if (!any && !presently.has(content.getKey())) {
                found.add(name + " gives no " + content.getKey() + " any more");
            }
            if (any || content.getKey().endsWith("json")) {
                compareSchema(
                        name + " response",
                        content.getValue().path("schema"),
                        presently
                                .path(any ? "application/json" : content.getKey())
                                .path("schema"),
                        false);
            }
        });
    }

    private static JsonNode success(JsonNode operation) {
        return operation.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> response.getValue().path("content"))
                .findFirst()
                .orElseThrow();
    }

    private void compareSchema(String at, JsonNode before, JsonNode now, boolean request) {
        JsonNode formerly = resolve(former, before);
        JsonNode presently = resolve(present, withoutNull(now));
        // The same pair of schemas may be used in many places, and within itself.
        if (before.has("$ref")
                && !compared.add(before.path("$ref") + " " + withoutNull(now).path("$ref") + request)) {
            return;
        }
        compareTypes(at, formerly, presently, request);
        if (request) {
            compareBounds(at, formerly, presently);
        }
        formerly.path("properties").properties().forEach(property -> {
            JsonNode other = presently.path("properties").path(property.getKey());
            if (other.isMissingNode()) {
                found.add(at + " has no field " + property.getKey() + " any more");
            } else {
                compareSchema(at + "." + property.getKey(), property.getValue(), other, request);
            }
        });
        if (former.has("tags")) {
            Set<String> neededBefore = required(formerly);
            Set<String> neededNow = required(presently);
            Set<String> changed = new TreeSet<>(request ? neededNow : neededBefore);
            changed.removeAll(request ? neededBefore : neededNow);
            changed.forEach(field -> found.add(at + (request ? " needs the field " : " may lack the field ") + field));
        }
        if (formerly.has("items")) {
            compareSchema(at + "[]", formerly.path("items"), presently.path("items"), request);
        }
    }

    private void compareTypes(String at, JsonNode before, JsonNode now, boolean request) {
        Set<String> formerly = types(before);
        Set<String> presently = types(now);
        if (!formerly.isEmpty() && !presently.isEmpty()) {
            boolean fits = request ? presently.containsAll(formerly) : formerly.containsAll(presently);
            if (!fits) {
                found.add(at + " was of type " + formerly + " and is of type " + presently);
            }
        }
    }

    private void compareBounds(String at, JsonNode before, JsonNode now) {
        if (before.has("enum") && now.has("enum")) {
            Set<JsonNode> missing = before.path("enum").valueStream().collect(Collectors.toSet());
            now.path("enum").forEach(missing::remove);
            missing.forEach(value -> found.add(at + " takes no " + value + " any more"));
        }
        // A bound that was not described before may have been there all the same.
        for (String bound : UPPER_BOUNDS) {
            if (before.has(bound)
                    && now.path(bound).asDouble(Double.MAX_VALUE)
                            < before.path(bound).asDouble()) {
                found.add(at + " has a lower " + bound);
            }
        }
        for (String bound : LOWER_BOUNDS) {
            if (before.has(bound)
                    && now.path(bound).asDouble(-Double.MAX_VALUE)
                            > before.path(bound).asDouble()) {
                found.add(at + " has a higher " + bound);
            }
        }
    }

    private static Set<String> required(JsonNode schema) {
        return schema.path("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isString()
                ? Set.of(type.asString())
                : type.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The schema of {@code anyOf} with {@code null}, which is how an optional field of a request is written. */
    private static JsonNode withoutNull(JsonNode schema) {
        JsonNode either = schema.path("anyOf");
        return either.size() == 2 && either.get(1).path("type").asString("").equals("null") ? either.get(0) : schema;
    }

    private static JsonNode resolve(JsonNode document, JsonNode node) {
        JsonNode plain = withoutNull(node);
        return plain.has("$ref") ? document.at(plain.path("$ref").asString().substring(1)) : plain;
    }
}
