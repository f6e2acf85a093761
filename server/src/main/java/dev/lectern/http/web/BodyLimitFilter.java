package dev.lectern.http.web;

import dev.lectern.http.FilterOrder;
import dev.lectern.http.HttpProperties;
import dev.lectern.http.RefusedBody;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses request bodies above the size limit: by Content-Length before reading, otherwise while reading. */
@Component
@Order(FilterOrder.BODY)
class BodyLimitFilter extends OncePerRequestFilter {
    private final HttpProperties properties;

    BodyLimitFilter(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = isUpload(request) ? properties.maxUpload() : properties.maxBody();
        if (request.getContentLengthLong() > limit.toBytes()) {
            RefusedBody.discard(request, response);
            throw isUpload(request) ? uploadTooLarge(limit) : tooLarge(limit);
        }
        boolean lengthUnknown = request.getContentLengthLong() < 0 && !isUpload(request);
        chain.doFilter(lengthUnknown ? new SizeLimitedRequest(request, limit) : request, response);
    }

    static LecternException tooLarge(DataSize limit) {
        return new LecternException(
                ErrorCode.TOO_LARGE,
                "The request body exceeds the limit of " + size(limit)
                        + ". Send less data, or ask the operator of this server for a higher limit.");
    }

    static LecternException uploadTooLarge(DataSize limit) {
        return new LecternException(
                ErrorCode.TOO_LARGE,
                "The upload exceeds the limit of " + size(limit)
                        + " for all its files. Send fewer or smaller files, add their folder as a source,"
                        + " or ask the operator of this server for a higher limit.");
    }

    private static String size(DataSize limit) {
        return limit.toMegabytes() > 0 ? limit.toMegabytes() + " MB" : limit.toBytes() + " bytes";
    }

    private static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }
}
