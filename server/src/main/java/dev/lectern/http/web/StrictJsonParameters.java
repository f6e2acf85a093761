package dev.lectern.http.web;

import dev.lectern.http.JsonParameters;
import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads them with the mapper of request bodies. */
@Component
class StrictJsonParameters implements JsonParameters {
    private final JsonMapper json;

    StrictJsonParameters(JsonMapper json) {
        this.json = StrictJson.of(json);
    }

    @Override
    public <T> @Nullable T read(String name, @Nullable String text, Class<T> type) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return json.readValue(text, type);
        } catch (JacksonException e) {
            LecternException.FieldError field = JsonErrorDescriber.describe(name, e);
            throw LecternException.invalid(field.field(), field.message());
        }
    }
}
