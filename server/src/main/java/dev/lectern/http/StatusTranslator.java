package dev.lectern.http;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import org.jspecify.annotations.Nullable;

/** Translates HTTP statuses that a framework chose into exceptions of the catalogue. */
public final class StatusTranslator {
    private StatusTranslator() {}

    /**
     * @param status from 400
     * @return of the code with this status, else {@code INVALID_REQUEST} or, from 500, {@code INTERNAL}
     */
    public static LecternException translate(int status, @Nullable Throwable failure) {
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
            case 408 ->
                new LecternException(
                        ErrorCode.REQUEST_TIMEOUT,
                        "The request came too slowly. Send it again over a faster connection.",
                        failure);
            case 413 ->
                new LecternException(ErrorCode.TOO_LARGE, "The request body is too large. Send less data.", failure);
            case 414 ->
                new LecternException(
                        ErrorCode.URI_TOO_LONG,
                        "The URL is longer than 8 KB. Shorten it, or send the data in a body.",
                        failure);
            case 415 ->
                new LecternException(
                        ErrorCode.UNSUPPORTED_FORMAT,
                        "This `Content-Type` is not supported. Send application/json unless the reference at /docs says otherwise.",
                        failure);
            case 431 ->
                new LecternException(
                        ErrorCode.HEADERS_TOO_LARGE,
                        "The headers of the request are larger than 8 KB. Send fewer or smaller headers and cookies.",
                        failure);
            case 503 ->
                new LecternException(ErrorCode.OVERLOADED, "The server is busy. Try again in a moment.", failure);
            case 505 ->
                new LecternException(
                        ErrorCode.HTTP_VERSION_NOT_SUPPORTED,
                        "This version of HTTP is not supported. Use HTTP/1.1.",
                        failure);
            default ->
                status < 500
                        ? new LecternException(
                                ErrorCode.INVALID_REQUEST,
                                "The request is not valid. Check its address, headers and body; the API reference is at /docs.",
                                failure)
                        : new LecternException(ErrorCode.INTERNAL, Problem.INTERNAL_DETAIL, failure);
        };
    }
}
