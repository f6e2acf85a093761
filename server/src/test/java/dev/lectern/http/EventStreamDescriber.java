package dev.lectern.http;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes event streams: the schema is that of one event, whose data is JSON as a text. */
final class EventStreamDescriber {
    private static final Map<String, String> ANSWER = new LinkedHashMap<>();

    static {
        ANSWER.put("started", "StartedEvent");
        ANSWER.put("passages", "PassagesEvent");
        ANSWER.put("delta", "DeltaEvent");
        ANSWER.put("citations", "CitationsEvent");
        ANSWER.put("finished", "FinishedEvent");
        ANSWER.put("failed", "FailedEvent");
    }

    private static final String FORMAT =
            " Server-sent events (WHATWG HTML): lines `id`, `event` and `data`, where `data` is JSON. A comment line comes"
                    + " at least every 15 s.";

    private EventStreamDescriber() {}

    /** The stream of an answer. */
    static ObjectNode answer() {
        return stream(
                "The events of an answer, in this order: `started`, `passages`, `delta` (many times), `citations`, and at the"
                        + " end either `finished` with the whole answer, or `failed` with a problem." + FORMAT,
                ANSWER,
                "id: 1\nevent: started\ndata: {\"messageId\":\"01m8bzape6y5szwct4dygytxkb\"}\n\n"
                        + "id: 2\nevent: delta\ndata: {\"text\":\"The office in Lisbon opens at nine. [1]\"}\n\n");
    }

    /** The stream of a job. */
    static ObjectNode job() {
        Map<String, String> events = new LinkedHashMap<>();
        events.put("progress", "JobEvent");
        events.put("finished", "JobEvent");
        return stream(
                "The events of a job: `progress` at every change, and `finished` as the last one. Each has the whole job."
                        + FORMAT,
                events,
                "event: progress\ndata: {\"job\":{\"id\":\"01m8bzd91jdywz9e35z2xf391c\",\"status\":\"running\"}}\n\n");
    }

    private static ObjectNode stream(String text, Map<String, String> events, String example) {
        ObjectNode media = JsonMapper.shared().createObjectNode();
        ObjectNode schema = media.putObject("schema");
        schema.put("description", text);
        ArrayNode kinds = schema.putArray("oneOf");
        events.forEach((name, data) -> {
            ObjectNode kind = kinds.addObject().put("type", "object");
            kind.putArray("required").add("event").add("data");
            ObjectNode properties = kind.putObject("properties");
            properties
                    .putObject("id")
                    .put("type", "string")
                    .put("description", "For `Last-Event-ID`; absent for jobs.");
            properties.putObject("event").put("const", name);
            properties
                    .putObject("data")
                    .put("type", "string")
                    .put("contentMediaType", "application/json")
                    .putObject("contentSchema")
                    .put("$ref", "#/components/schemas/" + data);
        });
        media.putObject("examples").putObject("stream").put("value", example);
        return media;
    }
}
