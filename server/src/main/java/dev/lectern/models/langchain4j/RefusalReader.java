package dev.lectern.models.langchain4j;

import dev.lectern.models.langchain4j.Refusal.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads why a service refused a call, in the forms of Gemini, OpenAI, Anthropic and the programs that imitate them. */
final class RefusalReader {
    /** Longer bodies are no errors of an API. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final Pattern KEY = Pattern.compile("api[ _-]?key (?:not valid|expired|not found|was reported)|api_key_invalid");
    private static final Pattern ENDED =
            Pattern.compile("no longer (?:available|supported)|deprecated|retired|discontinued|shut ?down|decommissioned|end[- ]of[- ]life");
    private static final Pattern CONTEXT = Pattern.compile("context[_ ]length|context[_ ](?:size|window)|maximum context|exceed_context"
            + "|(?:token count|tokens?).{0,60} exceeds? the (?:maximum|limit)|prompt is too long|input is too long|too many (?:input )?tokens"
            + "|context (?:the )?overflow");
    private static final Pattern PARAMETER =
            Pattern.compile("unsupported[_ ](?:parameter|value)|unrecognized request argument|unknown name|unknown (?:field|parameter)"
                    + "|not supported (?:with|by|for|in) this model|does not support|is not supported|extra (?:inputs|fields) (?:are )?not permitted");
    /** A name in quotes, or one that looks like that of a parameter. */
    private static final Pattern NAME = Pattern.compile("[\"'`]([a-zA-Z_][\\w.]{1,60})[\"'`]|\\b([a-z]+(?:_[a-z]+)+|[a-z]+(?:[A-Z][a-z]+)+)\\b");

    private static final Pattern TAKEN = Pattern.compile("(?i)unsupported_parameter|unsupported_value|invalid_request_error");

    private RefusalReader() {}

    /** Reads and closes nothing: the caller closes the body. A body that cannot be read says nothing. */
    static Refusal read(HttpResponse<InputStream> response, Instant now) {
        String body = readBody(response);
        JsonNode error = errorOf(body);
        int status = response.statusCode();
        return new Refusal(
                status,
                causeOf(status, body, error),
                QuotaReader.read(status, response.headers(), error, now),
                status == 400 || status == 422 ? parameterOf(error) : null);
    }

    private static String readBody(HttpResponse<InputStream> response) {
        try {
            return new String(response.body().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** The error in the body; a missing node for another body. */
    static JsonNode errorOf(String body) {
        try {
            JsonNode root = JsonMapper.shared().readTree(body);
            JsonNode first = root.isArray() ? root.path(0) : root;
            JsonNode error = first.path("error");
            return error.isMissingNode() ? first.path("missing") : error;
        } catch (JacksonException none) {
            return JsonMapper.shared().missingNode();
        }
    }

    static String messageOf(JsonNode error) {
        return error.isString() ? error.asString() : error.path("message").asString("");
    }

    private static Cause causeOf(int status, String body, JsonNode error) {
        String text = (messageOf(error) + " " + error.path("code").asString("") + " " + error.path("type").asString("") + " "
                        + error.path("details"))
                .toLowerCase(Locale.ROOT);
        return switch (status) {
            case 401, 403 -> Cause.KEY;
            case 404, 405 -> missing(status, body, error, text);
            case 410 -> Cause.MODEL_ENDED;
            case 413 -> Cause.CONTEXT;
            case 400, 422 -> rejected(text);
            default -> CONTEXT.matcher(text).find() && status >= 500 ? Cause.CONTEXT : Cause.UNKNOWN;
        };
    }

    private static Cause missing(int status, String body, JsonNode error, String text) {
        if (ENDED.matcher(text).find()) {
            return Cause.MODEL_ENDED;
        }
        // An API names the model; a web server says that there is no such page.
        if (status == 405 || (error.isMissingNode() && !body.isBlank() && !body.strip().equals("{}"))) {
            return Cause.ADDRESS;
        }
        return Cause.MODEL_UNKNOWN;
    }

    private static Cause rejected(String text) {
        if (KEY.matcher(text).find()) {
            return Cause.KEY;
        }
        if (CONTEXT.matcher(text).find()) {
            return Cause.CONTEXT;
        }
        if (ENDED.matcher(text).find() && text.contains("model")) {
            return Cause.MODEL_ENDED;
        }
        if (text.contains("model_not_found") || text.contains("invalid model")) {
            return Cause.MODEL_UNKNOWN;
        }
        return PARAMETER.matcher(text).find() ? Cause.PARAMETER : Cause.UNKNOWN;
    }

    private static @Nullable String parameterOf(JsonNode error) {
        String message = messageOf(error);
        if (rejected((message + " " + error.path("code").asString("")).toLowerCase(Locale.ROOT)) != Cause.PARAMETER) {
            return null;
        }
        String named = error.path("param").asString("");
        if (!named.isEmpty()) {
            return named;
        }
        Matcher name = NAME.matcher(message);
        while (name.find()) {
            String found = name.group(1) == null ? name.group(2) : name.group(1);
            if (!TAKEN.matcher(found).matches()) {
                return found.substring(found.lastIndexOf('.') + 1);
            }
        }
        // Gemini writes "Thinking budget is not supported for this model".
        return message.toLowerCase(Locale.ROOT).startsWith("thinking ") ? "thinking" : null;
    }
}
