package dev.lectern.http.web;

import dev.lectern.http.FilterOrder;
import dev.lectern.http.RequestId;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.IdGenerator;
import dev.lectern.shared.LecternException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** The outermost filter: gives the request its id, the response its security headers, and turns what a later filter throws into a problem. */
@Component
@Order(FilterOrder.REQUEST)
class RequestIdFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestIdFilter.class);

    private final IdGenerator ids;
    private final ProblemWriter problems;

    RequestIdFilter(IdGenerator ids, ProblemWriter problems) {
        this.ids = ids;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String sent = request.getHeader(RequestId.HEADER);
        String id = sent != null && RequestId.isWellFormed(sent) ? sent : ids.next();
        response.setHeader(RequestId.HEADER, id);
        SecurityHeaders.write(request, response);
        MDC.put(RequestId.LOG_KEY, id);
        try {
            ScopedValue.where(RequestId.CURRENT, id).call(() -> {
                pass(request, response, chain);
                return null;
            });
        } finally {
            MDC.remove(RequestId.LOG_KEY);
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException {
        try {
            if (request.getMethod().equals("TRACE")) {
                throw new LecternException(
                        ErrorCode.METHOD_NOT_ALLOWED, "Requests are not echoed here. Use GET, POST, PATCH or DELETE.");
            }
            NulCharacterFilter.require(request);
            chain.doFilter(request, response);
        } catch (LecternException failure) {
            problems.write(failure, response);
        } catch (IOException | ServletException | RuntimeException unexpected) {
            if (response.isCommitted()) {
                LOG.debug("A response could not be completed", unexpected);
                return;
            }
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), unexpected);
            problems.write(
                    DatabaseUnavailableHandler.seenIn(unexpected)
                            .orElseGet(() ->
                                    new LecternException(ErrorCode.INTERNAL, ProblemExceptionHandler.INTERNAL_DETAIL, unexpected)),
                    response);
        }
    }
}
