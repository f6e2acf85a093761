package dev.lectern.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * A number of a PATCH that null removes. A component of this type is null when the request does not have the field, which then stays as it is.
 *
 * @param value null when the request has null
 */
@JsonDeserialize(using = NumberChange.Reader.class)
public record NumberChange(@Nullable Integer value) {

    /** Keeps null apart from a missing field, which {@code Optional} does not. */
    static final class Reader extends StdDeserializer<NumberChange> {
        Reader() {
            super(NumberChange.class);
        }

        @Override
        public NumberChange deserialize(JsonParser parser, DeserializationContext context) {
            return new NumberChange(context.readValue(parser, Integer.class));
        }

        @Override
        public NumberChange getNullValue(DeserializationContext context) {
            return new NumberChange(null);
        }

        @Override
        public @Nullable NumberChange getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
