package dev.lectern.http.web;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;

/** Refuses the character U+0000 in a URL; PostgreSQL cannot store it in text. {@link StrictJson} replaces it in a body. */
final class NulCharacterFilter {
    private NulCharacterFilter() {}

    /** @throws LecternException {@code INVALID_REQUEST} when the query string contains it */
    static void requireNoNul(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            throw new LecternException(
                    ErrorCode.INVALID_REQUEST, "The URL contains the character U+0000 (%00). Remove it.");
        }
    }
}
