package dev.lectern.answering.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Evaluates the header {@code Accept}. */
final class AcceptHeader {
    private AcceptHeader() {}

    /** Whether the client accepts an event stream. */
    static boolean acceptsEventStream(@Nullable String accept) {
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }
}
