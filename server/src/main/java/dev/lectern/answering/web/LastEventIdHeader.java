package dev.lectern.answering.web;

import org.jspecify.annotations.Nullable;

/** Evaluates the header {@code Last-Event-ID}. */
final class LastEventIdHeader {
    private LastEventIdHeader() {}

    /** The id of the last event that the client has; 0, which means all events, when the header is missing or no id of ours. */
    static long parse(@Nullable String value) {
        return value != null && value.matches("\\d{1,15}") ? Long.parseLong(value) : 0;
    }
}
