package dev.lectern.http;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes the schemas with what the code says: a component that may be null is not required, and the comment of a component has its bounds ("1 to 80
 * characters", "at most 100", "from 1") and its values ("{@code up} or {@code down}"). All components of a request may be null in Java, so there those are
 * required whose comment begins with "required".
 */
final class SchemaDescriber {
    private static final Set<String> IDS = Set.of("collections", "branches", "collection", "before", "branch");
    private static final Pattern CHARACTERS = Pattern.compile("(?:(\\d[\\d,]*) to |at most )(\\d[\\d,]*) characters");
    private static final Pattern ITEMS =
            Pattern.compile("^(?:required, )?(?:(\\d[\\d,]*) to |(?:the )?at most |the first )(\\d[\\d,]*)\\b");
    private static final Pattern TAIL_ITEMS = Pattern.compile("(?:, |up to )at most (\\d[\\d,]*)$");
    private static final Pattern EACH = Pattern.compile(" of (\\d[\\d,]*) to (\\d[\\d,]*) characters");
    private static final Pattern RANGE = Pattern.compile("\\b(\\d[\\d,]*) to (\\d[\\d,]*)\\b");
    private static final Pattern LEAST = Pattern.compile("\\bfrom (\\d+)\\b|\\b(\\d+) or more\\b");
    private static final Pattern VALUES =
            Pattern.compile("(?:^|: )((?:`[\\w-]+`(?: \\([^)]*\\))?(?:, | or ))+`[\\w-]+`)");
    private static final Pattern VALUE = Pattern.compile("`([\\w-]+)`");
    private static final Pattern EXAMPLE = Pattern.compile("such as `([^`\\[]+)`");

    private final SourceComments comments;
    private final Map<String, Class<?>> types;
    private final ObjectNode schemas;
    private final Set<String> requests;

    SchemaDescriber(SourceComments comments, Map<String, Class<?>> types, ObjectNode document) {
        this.comments = comments;
        this.types = types;
        this.schemas = (ObjectNode) document.at("/components/schemas");
        this.requests = requests(document);
    }

    void describe() {
        describeCondition();
        for (String name : List.copyOf(schemas.propertyNames())) {
            Class<?> type = types.get(name);
            if (type != null) {
                describe((ObjectNode) schemas.get(name), type, requests.contains(name));
            }
        }
    }

    /** Values of any type in Java. */
    private void describeCondition() {
        ObjectNode properties = (ObjectNode) schemas.at("/SearchCondition/properties");
        for (ObjectNode value :
                List.of((ObjectNode) properties.get("equals"), (ObjectNode) properties.get("from"), (ObjectNode)
                        properties.get("to"))) {
            addValueTypes(value).add("null");
        }
        addValueTypes((ObjectNode) properties.at("/anyOf/items"));
    }

    private static ArrayNode addValueTypes(ObjectNode value) {
        return value.putArray("type").add("string").add("number").add("boolean");
    }

    private void describe(ObjectNode schema, Class<?> type, boolean request) {
        schema.put("type", "object");
        String text = comments.text(type);
        schema.put("description", sentence(text.isEmpty() ? words(type) : text, request));
        if (request) {
            schema.put("additionalProperties", false);
        }
        Map<String, String> texts = comments.parameters(type);
        ArrayNode required = JsonMapper.shared().createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = jsonName(component);
            ObjectNode property = (ObjectNode) schema.path("properties").get(name);
            if (property == null) {
                throw new IllegalStateException("The schema of " + type + " lacks " + name);
            }
            String own = texts.getOrDefault(component.getName(), "");
            boolean needed = request ? own.startsWith("required") : !isNullable(component.getAnnotatedType());
            if (needed) {
                required.add(name);
            }
            ObjectNode complete = describeValue(property, name, own, request);
            if (request && !needed) {
                complete = allowNull(complete);
            }
            ((ObjectNode) schema.get("properties")).set(name, complete);
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    /** Adds description, bounds, values and an example to a property or parameter, as its comment or its name tell them. */
    static ObjectNode describeValue(ObjectNode given, String name, String own, boolean request) {
        ObjectNode schema = given.deepCopy();
        CommonFields.Common common = CommonFields.find(name).orElse(null);
        String text = own.isEmpty() && common != null && common.text() != null ? common.text() : own;
        String type = schema.path("type").asString("");
        if (!text.isEmpty()) {
            schema.put("description", sentence(text, request));
        }
        boolean array = type.equals("array");
        ObjectNode value = array && schema.path("items").isObject() ? (ObjectNode) schema.get("items") : schema;
        bound(schema, text, type);
        if (array) {
            boundItems(value, text);
        }
        if (value.path("type").asString("").equals("string")) {
            list(value, text);
            if (value.path("enum").isMissingNode() && isId(name, common)) {
                value.put("pattern", CommonFields.ID);
            }
        }
        addExample(value, common, text);
        return schema;
    }

    private static boolean isId(String name, CommonFields.@Nullable Common common) {
        return (common != null && common.id()) || IDS.contains(name);
    }

    private static void addExample(ObjectNode value, CommonFields.@Nullable Common common, String text) {
        if (value.has("$ref") || value.has("examples")) {
            return;
        }
        Matcher named = EXAMPLE.matcher(text);
        JsonNode example = null;
        String type = value.path("type").asString("");
        if (value.has("enum")) {
            example = value.path("enum").get(0);
        } else if (type.equals("string") && named.find()) {
            example = JsonMapper.shared().valueToTree(named.group(1));
        } else if (common != null) {
            JsonNode candidate = JsonMapper.shared().valueToTree(common.example());
            boolean fits = switch (type) {
                case "string" ->
                    candidate.isString() && !value.path("format").asString("").equals("binary");
                case "integer" -> candidate.isIntegralNumber();
                case "number" -> candidate.isNumber();
                default -> false;
            };
            example = fits ? candidate : null;
        }
        if (example == null && value.path("format").asString("").equals("date-time")) {
            example = JsonMapper.shared().valueToTree("2026-11-26T13:06:09.586Z");
        }
        if (example != null) {
            value.set("examples", JsonMapper.shared().createArrayNode().add(example));
        }
    }

    private static void bound(ObjectNode schema, String text, String type) {
        switch (type) {
            case "string" -> {
                Matcher characters = CHARACTERS.matcher(text);
                if (text.contains("visible character")) {
                    schema.put("minLength", 1);
                } else if (characters.find() && !schema.has("enum")) {
                    schema.put("minLength", characters.group(1) == null ? 0 : number(characters.group(1)));
                    schema.put("maxLength", number(characters.group(2)));
                }
            }
            case "array" -> {
                Matcher items = ITEMS.matcher(text);
                Matcher tail = TAIL_ITEMS.matcher(text);
                if (items.find()) {
                    if (items.group(1) != null) {
                        schema.put("minItems", number(items.group(1)));
                    }
                    schema.put("maxItems", number(items.group(2)));
                } else if (tail.find()) {
                    schema.put("maxItems", number(tail.group(1)));
                }
            }
            case "integer", "number" -> {
                Matcher range = RANGE.matcher(text);
                Matcher least = LEAST.matcher(text);
                if (range.find()) {
                    schema.put("minimum", number(range.group(1)));
                    schema.put("maximum", number(range.group(2)));
                } else {
                    boolean found = least.find();
                    schema.put("minimum", found ? number(least.group(1) == null ? least.group(2) : least.group(1)) : 0);
                }
            }
            default -> {}
        }
    }

    private static void boundItems(ObjectNode items, String text) {
        Matcher each = EACH.matcher(text);
        if (each.find() && items.path("type").asString("").equals("string")) {
            items.put("minLength", number(each.group(1)));
            items.put("maxLength", number(each.group(2)));
        }
    }

    private static void list(ObjectNode schema, String text) {
        Matcher listed = VALUES.matcher(text);
        if (listed.find() && !schema.has("enum")) {
            ArrayNode values = schema.putArray("enum");
            VALUE.matcher(listed.group(1)).results().forEach(value -> values.add(value.group(1)));
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits.replace(",", ""));
    }

    private static ObjectNode allowNull(ObjectNode schema) {
        if (schema.has("$ref")) {
            ObjectNode either = JsonMapper.shared().createObjectNode();
            JsonNode text = schema.remove("description");
            either.putArray("anyOf").add(schema).addObject().put("type", "null");
            if (text != null) {
                either.set("description", text);
            }
            return either;
        }
        if (schema.path("type").isString()) {
            String type = schema.path("type").asString();
            schema.putArray("type").add(type).add("null");
            if (schema.path("enum") instanceof ArrayNode values) {
                values.addNull();
            }
        }
        return schema;
    }

    /** A comment as a reader of the API sees it: with a capital letter and a full stop, and without Java's null. */
    static String sentence(String text, boolean request) {
        String clean = text.replaceAll("\\bnull\\b", request ? "left out" : "absent")
                .replaceAll("\\bnone (?=if|while)", "absent ");
        if (clean.isEmpty()) {
            return clean;
        }
        String first = clean.substring(0, 1).toUpperCase(Locale.ROOT) + clean.substring(1);
        return first.matches("(?s).*[.!?:]$") ? first : first + ".";
    }

    private static String words(Class<?> type) {
        return type.getSimpleName()
                        .replaceAll("(View|Json)$", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                        .toLowerCase(Locale.ROOT)
                + " of the API.";
    }

    private static String jsonName(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    /** The names of the schemas that bodies of requests use. */
    private static Set<String> requests(ObjectNode document) {
        Set<String> found = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                open.add(operation.path("requestBody"));
            }
        }
        while (!open.isEmpty()) {
            for (String reference : open.remove().findValuesAsString("$ref")) {
                String name = reference.substring(reference.lastIndexOf('/') + 1);
                if (found.add(name)) {
                    open.add(document.at("/components/schemas/" + name));
                }
            }
        }
        return found;
    }
}
