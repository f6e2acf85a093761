package dev.lectern.http.web;

import dev.lectern.http.HttpProperties;
import dev.lectern.http.Problem;
import dev.lectern.http.SlowBodyException;
import dev.lectern.http.StatusTranslator;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.LecternException.FieldError;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/** Translates exceptions of any kind into those of the catalogue. Messages of foreign exceptions are never taken over. */
@Component
final class ExceptionTranslator {
    private final HttpProperties properties;

    ExceptionTranslator(HttpProperties properties) {
        this.properties = properties;
    }

    /** Whether the client has gone, so that nobody reads a response. Lost connections to the database or to a model are other exceptions. */
    static boolean isDisconnect(Throwable failure) {
        return failure instanceof AsyncRequestNotUsableException
                || failure instanceof ClosedChannelException
                || failure instanceof SocketException;
    }

    /** The problem of a failure; of the code {@code INTERNAL} when its kind is unknown. */
    LecternException translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LecternException ours) {
                return ours;
            }
        }
        if (isSlowBody(failure)) {
            return new LecternException(
                    ErrorCode.REQUEST_TIMEOUT,
                    "The body of the request came too slowly, and the server stopped to wait for it. Send it again over a faster"
                            + " connection, or in smaller parts.",
                    failure);
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
                LecternException.invalid(
                        e.getName(),
                        "The parameter `" + e.getName() + "` must be " + describeType(e.getRequiredType()) + ".");
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
            case ErrorResponse e -> StatusTranslator.translate(e.getStatusCode().value(), failure);
            case Throwable e
            when hasCause(e, EofException.class::isInstance) ->
                new LecternException(
                        ErrorCode.INVALID_REQUEST,
                        "The body of the request is incomplete, or its chunks are malformed. Send it again.",
                        failure);
            // Jetty reads the parts of a body when Spring first asks for a parameter, and wraps what it throws.
            case Throwable e
            when hasCause(e, cause -> cause instanceof HttpException refused && refused.getCode() < 500) ->
                new LecternException(
                        ErrorCode.INVALID_REQUEST,
                        "The body of the request is malformed. Send multipart/form-data with its boundary, and parts as in RFC 7578.",
                        failure);
            default -> new LecternException(ErrorCode.INTERNAL, Problem.INTERNAL_DETAIL, failure);
        };
    }

    private static String describeType(@Nullable Class<?> type) {
        if (type != null && type.isEnum()) {
            return "one of "
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
        }
        return type == int.class ? "a whole number" : "of another type";
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

    /** By the limit on bodies, or because the connection was idle while the body was read. */
    private static boolean isSlowBody(Throwable failure) {
        return hasCause(
                failure,
                cause -> cause instanceof SlowBodyException
                        || (cause instanceof IOException && cause.getCause() instanceof TimeoutException));
    }

    private static boolean hasCause(Throwable failure, Predicate<Throwable> wanted) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }
}
