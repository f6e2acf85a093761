package dev.lectern.library;

import org.jspecify.annotations.Nullable;

/**
 * Selects the documents of a list.
 *
 * @param status null for all
 * @param query part of a title or location, ignoring case; null or blank for all
 * @param fields conditions on tags, metadata and other fields, which must all hold
 * @param cursor the {@code next} of an earlier page; null for the first
 * @param limit 1 to 200
 */
public record DocumentFilter(
        @Nullable DocumentStatus status,
        @Nullable String query,
        SearchFilter fields,
        @Nullable String cursor,
        int limit) {
    public static final int MAX_LIMIT = 200;

    /** Without conditions on fields. */
    public DocumentFilter(@Nullable DocumentStatus status, @Nullable String query, @Nullable String cursor, int limit) {
        this(status, query, SearchFilter.NONE, cursor, limit);
    }
}
