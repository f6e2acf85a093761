package dev.lectern.answering.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** What a client wants to get, by its headers. */
final class AcceptHeader {
    private AcceptHeader() {}

    /** Whether the header {@code Accept} names event streams. */
    static boolean isStream(@Nullable String accept) {
        return accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    /** The header {@code Last-Event-ID} as a number; 0, so everything, when it is none of ours. */
    static long lastEvent(@Nullable String id) {
        return id != null && id.matches("\\d{1,15}") ? Long.parseLong(id) : 0;
    }
}
