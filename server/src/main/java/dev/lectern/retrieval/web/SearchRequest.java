package dev.lectern.retrieval.web;

import dev.lectern.library.SearchFilterRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search.
 *
 * @param query required, 1 to 4,000 characters
 * @param collections at most 100 ids of collections; null or empty for all that the caller may read
 * @param limit 1 to 100, 10 when null
 * @param mode {@code hybrid}, {@code lexical} or {@code dense}; {@code hybrid} when null
 * @param filter which documents are searched; null for all
 */
record SearchRequest(
        @Nullable String query,
        @Nullable List<String> collections,
        @Nullable Integer limit,
        @Nullable String mode,
        @Nullable SearchFilterRequest filter) {}
