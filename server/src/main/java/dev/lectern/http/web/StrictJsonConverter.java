package dev.lectern.http.web;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies by {@link StrictJson}, and refuses the body {@code null}, which Spring would take for no body where an operation needs none. */
final class StrictJsonConverter extends JacksonJsonHttpMessageConverter {
    /** @param mapper the one of responses; bodies of requests are read by a stricter copy */
    StrictJsonConverter(JsonMapper mapper) {
        super(StrictJson.of(mapper));
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        Object body = super.read(type, message, hints);
        if (body == null) {
            throw new HttpMessageNotReadableException(
                    "The body is null",
                    MismatchedInputException.from(null, type.toClass(), "The body is null"),
                    message);
        }
        return body;
    }
}
