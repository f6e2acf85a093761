package dev.lectern.http.web;

import dev.lectern.http.FilterOrder;
import dev.lectern.http.RequestId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter: sends the request id that {@link RequestContextHandler} assigned, adds the security headers and translates exceptions of later filters
 * into problem responses.
 */
@Component
@Order(FilterOrder.REQUEST)
class RequestIdFilter extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger(RequestIdFilter.class);

    private final ProblemWriter problems;

    RequestIdFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = RequestId.current();
        response.setHeader(RequestId.HEADER, id);
        SecurityHeaders.write(request, response);
        ScopedValue.where(RequestId.CURRENT, id).call(() -> {
            pass(request, response, chain);
            return null;
        });
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        try {
            if (request.getMethod().equals("TRACE")) {
                throw new LecternException(
                        ErrorCode.METHOD_NOT_ALLOWED, "TRACE is not supported. Use GET, POST, PATCH or DELETE.");
            }
            NulCharacterFilter.requireNoNul(request);
            chain.doFilter(request, response);
        } catch (LecternException failure) {
            problems.write(failure, response);
        } catch (IOException | ServletException | RuntimeException unexpected) {
            if (response.isCommitted()) {
                log.debug("A response could not be completed", unexpected);
                return;
            }
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), unexpected);
            problems.write(
                    StorageFullHandler.translate(unexpected)
                            .or(() -> DatabaseUnavailableHandler.translate(unexpected))
                            .orElseGet(() -> new LecternException(
                                    ErrorCode.INTERNAL, ProblemExceptionHandler.INTERNAL_DETAIL, unexpected)),
                    response);
        }
    }
}
