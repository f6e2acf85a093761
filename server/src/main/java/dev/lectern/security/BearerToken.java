package dev.lectern.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The token of the header {@code Authorization}. */
public final class BearerToken {
    private static final String BEARER = "Bearer ";

    private BearerToken() {}

    /** Empty without the header; an empty text for a header of another scheme. */
    public static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .map(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                        ? header.substring(BEARER.length()).strip()
                        : "");
    }
}
