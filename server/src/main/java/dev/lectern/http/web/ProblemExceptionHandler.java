package dev.lectern.http.web;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.Problem;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Translates exceptions of controllers into problem responses. Messages of foreign exceptions are never sent to clients. */
@RestControllerAdvice
class ProblemExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private final ExceptionTranslator translator;

    ProblemExceptionHandler(ExceptionTranslator translator) {
        this.translator = translator;
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Problem> handle(Throwable failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted() || ExceptionTranslator.isDisconnect(failure)) {
            log.debug("The client of {} {} disconnected", request.getMethod(), request.getRequestURI(), failure);
            return null;
        }
        LecternException ours = translator.translate(failure);
        if (ours.code() == ErrorCode.INTERNAL) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        } else if (ours.code().status() >= 500) {
            log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), ours.getMessage());
        }
        ProblemHeaders.write(ours, response);
        var answer = ResponseEntity.status(ours.code().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (failure instanceof HttpRequestMethodNotSupportedException method) {
            answer.header("Allow", ProblemHeaders.allow(method.getSupportedMethods()));
        }
        return answer.body(problem(ours, request));
    }

    /** An operator also learns what to do, even if that names settings. */
    private static Problem problem(LecternException failure, HttpServletRequest request) {
        boolean operator = CallerAttribute.of(request)
                .filter(Caller.Operator.class::isInstance)
                .isPresent();
        return operator
                ? Problem.of(failure.code(), String.valueOf(failure.getMessage()), failure.fields())
                : Problem.of(failure);
    }
}
