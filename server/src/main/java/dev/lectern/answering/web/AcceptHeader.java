package dev.lectern.answering.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Evaluates the header {@code Accept}. */
final class AcceptHeader {
    private AcceptHeader() {}

    /** Whether the client names an event stream and does not prefer JSON to it. */
    static boolean acceptsEventStream(@Nullable String accept) {
        if (accept == null) {
            return false;
        }
        try {
            List<MediaType> types = MediaType.parseMediaTypes(accept);
            double stream = quality(types, MediaType.TEXT_EVENT_STREAM);
            return stream > 0 && stream >= quality(types, MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    /** 0 when the type is not named; ranges such as {@code *}{@code /*} do not name it. */
    private static double quality(List<MediaType> types, MediaType wanted) {
        return types.stream()
                .filter(type -> type.equalsTypeAndSubtype(wanted))
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}
