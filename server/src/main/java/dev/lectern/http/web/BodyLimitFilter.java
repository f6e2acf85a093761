package dev.lectern.http.web;

import dev.lectern.http.FilterOrder;
import dev.lectern.http.HttpProperties;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are larger than allowed: by their announced length before a byte is read, else while they are read. */
@Component
@Order(FilterOrder.BODY)
class BodyLimitFilter extends OncePerRequestFilter {
    private static final long DRAINED_BYTES = DataSize.ofMegabytes(64).toBytes();

    private final HttpProperties properties;

    BodyLimitFilter(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize limit = isUpload(request) ? properties.maxUpload() : properties.maxBody();
        if (request.getContentLengthLong() > limit.toBytes()) {
            if (!drained(request)) {
                response.setHeader("Connection", "close");
            }
            throw isUpload(request) ? uploadTooLarge(limit) : tooLarge(limit);
        }
        boolean lengthUnknown = request.getContentLengthLong() < 0 && !isUpload(request);
        chain.doFilter(lengthUnknown ? new SizeLimitedRequest(request, limit) : request, response);
    }

    /** Reads and forgets a body of a bearable length: a client that is still sending when the connection closes never sees why. */
    private static boolean drained(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > DRAINED_BYTES) {
            return false;
        }
        request.getInputStream().transferTo(OutputStream.nullOutputStream());
        return true;
    }

    static LecternException tooLarge(DataSize limit) {
        return new LecternException(
                ErrorCode.TOO_LARGE, "The request is larger than the " + size(limit) + " that this server takes.");
    }

    static LecternException uploadTooLarge(DataSize limit) {
        return new LecternException(
                ErrorCode.TOO_LARGE,
                "The upload is larger than the " + size(limit)
                        + " that one may have, all its files together. Send fewer or smaller files, serve their folder,"
                        + " or raise LECTERN_HTTP_MAX_UPLOAD.");
    }

    private static String size(DataSize limit) {
        return limit.toMegabytes() > 0 ? limit.toMegabytes() + " MB" : limit.toBytes() + " bytes";
    }

    private static boolean isUpload(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }
}
