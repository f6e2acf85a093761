package dev.lectern.http.web;

import dev.lectern.http.CallerAttribute;
import dev.lectern.http.HttpProperties;
import dev.lectern.http.Problem;
import dev.lectern.shared.Caller;
import dev.lectern.shared.DiskFull;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.LecternException.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/** Translates exceptions of controllers into problem responses. Messages of foreign exceptions are never sent to clients. */
@RestControllerAdvice
class ProblemExceptionHandler {
    static final String INTERNAL_DETAIL =
            "The server has a problem. Try again; if it persists, send the request id to the operator.";
    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private final HttpProperties properties;

    ProblemExceptionHandler(HttpProperties properties) {
        this.properties = properties;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> handle(Throwable failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted() || (failure instanceof IOException && !DiskFull.isCauseOf(failure))) {
            log.debug("The client of {} {} disconnected", request.getMethod(), request.getRequestURI(), failure);
            return null;
        }
        LecternException ours = translate(failure);
        if (ours.code() == ErrorCode.INTERNAL) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        } else if (ours.code().status() >= 500) {
            log.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), ours.getMessage());
        }
        var answer = ResponseEntity.status(ours.code().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        ours.retryAfter().ifPresent(wait -> answer.header("Retry-After", RetryAfterHeader.seconds(wait)));
        if (failure instanceof HttpRequestMethodNotSupportedException method
                && method.getSupportedHttpMethods() != null) {
            answer.allow(method.getSupportedHttpMethods().toArray(HttpMethod[]::new));
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

    private LecternException translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LecternException ours) {
                return ours;
            }
        }
        return StorageFullHandler.translate(failure)
                .or(() -> DatabaseUnavailableHandler.translate(failure))
                .orElseGet(() -> ofFramework(failure));
    }

    private LecternException ofFramework(Throwable failure) {
        return switch (failure) {
            case MethodArgumentNotValidException e -> fields(e);
            case BindException e -> fields(e);
            case MissingServletRequestParameterException e -> missing(e.getParameterName(), "parameter");
            case MissingServletRequestPartException e -> missing(e.getRequestPartName(), "part");
            case MethodArgumentTypeMismatchException e ->
                LecternException.invalid(e.getName(), "The value of `" + e.getName() + "` is malformed.");
            case HttpMessageNotReadableException e ->
                new LecternException(
                        ErrorCode.INVALID_REQUEST, JsonErrorDescriber.detail(e), JsonErrorDescriber.fields(e), null, e);
            case MaxUploadSizeExceededException tooLarge -> BodyLimitFilter.uploadTooLarge(properties.maxUpload());
            case MultipartException e ->
                new LecternException(
                        ErrorCode.INVALID_REQUEST,
                        "The upload is malformed. Send multipart/form-data with one or more parts named `file`.",
                        e);
            case HttpException e
            when e.getCode() < 500 ->
                new LecternException(
                        ErrorCode.INVALID_REQUEST,
                        "The URL or the body is not encoded correctly. Encode a percent sign as %25.",
                        failure);
            case ErrorResponse e -> ofStatus(e.getStatusCode().value(), failure);
            default -> new LecternException(ErrorCode.INTERNAL, INTERNAL_DETAIL, failure);
        };
    }

    private static LecternException fields(BindException e) {
        List<FieldError> fields = e.getFieldErrors().stream()
                .map(field -> new FieldError(
                        field.getField(),
                        field.isBindingFailure() ? "is malformed" : String.valueOf(field.getDefaultMessage())))
                .toList();
        return new LecternException(
                ErrorCode.INVALID_REQUEST, "Some fields are invalid. See `errors` for each of them.", fields, null, e);
    }

    private static LecternException missing(String name, String type) {
        return LecternException.invalid(name, "The " + type + " `" + name + "` is missing. Add it to the request.");
    }

    private static LecternException ofStatus(int status, Throwable failure) {
        return switch (status) {
            case 404 ->
                new LecternException(
                        ErrorCode.NOT_FOUND, "This path does not exist. The API reference is at /docs.", failure);
            case 405 ->
                new LecternException(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "This path does not support this method. Use one of those in the `Allow` header.",
                        failure);
            case 406 ->
                new LecternException(
                        ErrorCode.NOT_ACCEPTABLE,
                        "No representation matches the `Accept` header. Request application/json.",
                        failure);
            case 413 ->
                new LecternException(ErrorCode.TOO_LARGE, "The request body is too large. Send less data.", failure);
            case 415 ->
                new LecternException(
                        ErrorCode.UNSUPPORTED_FORMAT,
                        "This `Content-Type` is not supported. Send application/json unless the reference at /docs"
                                + " says otherwise.",
                        failure);
            case 503 ->
                new LecternException(ErrorCode.OVERLOADED, "The server is busy. Try again in a moment.", failure);
            default ->
                status < 500
                        ? new LecternException(
                                ErrorCode.INVALID_REQUEST,
                                "The request is invalid. The API reference is at /docs.",
                                failure)
                        : new LecternException(ErrorCode.INTERNAL, INTERNAL_DETAIL, failure);
        };
    }
}
