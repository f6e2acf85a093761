package dev.lectern.models.langchain4j;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A remote model service: runs calls with a deadline and translates their failures. */
public final class UpstreamService {
    private final String service;
    private final String keySetting;
    private final String urlSetting;
    private final ExecutorService executor;
    private final InstantSource clock;
    private final UpstreamHttpClientBuilder http;

    /**
     * @param service its name for error messages, such as {@code Gemini}
     * @param keySetting the variable with its API key, for error messages
     * @param urlSetting the variable with its base URL, for error messages
     */
    public UpstreamService(
            String service,
            String keySetting,
            String urlSetting,
            Duration connectTimeout,
            ExecutorService executor,
            InstantSource clock) {
        this.service = service;
        this.keySetting = keySetting;
        this.urlSetting = urlSetting;
        this.executor = executor;
        this.clock = clock;
        this.http = new UpstreamHttpClientBuilder(connectTimeout, executor);
    }

    /** The HTTP client for a client of LangChain4j, whose calls have to run in {@link #runWithDeadline}. */
    public HttpClientBuilder http() {
        return http;
    }

    UpstreamCall call(Deadline deadline) {
        return new UpstreamCall(deadline, clock);
    }

    /** Runs {@code action} on this thread and aborts it when its deadline passes. */
    <T> T runWithDeadline(UpstreamCall call, java.util.function.Supplier<T> action) {
        var watch = executor.submit(() -> {
            Thread.sleep(call.remaining());
            call.stop(UpstreamCall.Stop.DEADLINE);
            return null;
        });
        try {
            return call.run(action);
        } finally {
            watch.cancel(true);
        }
    }

    /** Translates a failure. The text of the service is left out, since it may contain what was sent. */
    LecternException translate(UpstreamCall call, String model, @Nullable Throwable failure) {
        if (call.stopped() == UpstreamCall.Stop.DEADLINE || isTimeout(failure)) {
            return new LecternException(
                    ErrorCode.DEADLINE_EXCEEDED, service + " did not respond before the deadline. Try again.", failure);
        }
        Integer status = call.refusedStatus();
        if (status != null) {
            return ofStatus(status, call.retryAfter(), model, failure);
        }
        if (call.parseFailure() == null && isIo(failure)) {
            return new LecternException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    service + " cannot be reached, or closed the connection. Check " + urlSetting + " and the network.",
                    failure);
        }
        return new LecternException(
                ErrorCode.MODEL_FAILED,
                service + " sent an invalid response. Check that " + urlSetting + " is its base URL.",
                failure);
    }

    private LecternException ofStatus(
            int status, @Nullable Duration retryAfter, String model, @Nullable Throwable failure) {
        return switch (status) {
            case 401, 403 ->
                new LecternException(
                        ErrorCode.MODEL_FAILED, service + " rejected the API key. Check " + keySetting + ".", failure);
            case 404 ->
                new LecternException(
                        ErrorCode.MODEL_FAILED,
                        service + " has no model \"" + model + "\". Check its name and " + urlSetting + ".",
                        failure);
            case 429 ->
                unavailable(service + " is rate limiting requests (status 429). Try again later.", retryAfter, failure);
            default ->
                status == 408 || status >= 500
                        ? unavailable(
                                service + " is unavailable (status " + status + "). Try again later.",
                                retryAfter,
                                failure)
                        : new LecternException(
                                ErrorCode.MODEL_FAILED,
                                service + " rejected the request (status " + status
                                        + "). Check the name of the model and the log of the service.",
                                failure);
        };
    }

    private static LecternException unavailable(
            String message, @Nullable Duration retryAfter, @Nullable Throwable failure) {
        return new LecternException(ErrorCode.MODEL_UNAVAILABLE, message, List.of(), retryAfter, failure);
    }

    /** The time-out of a request is the time to its deadline. It can pass before the watching thread notices the deadline. */
    private static boolean isTimeout(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException) {
                return !(cause instanceof HttpConnectTimeoutException);
            }
        }
        return false;
    }

    private static boolean isIo(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return !(cause instanceof JacksonException);
            }
        }
        return false;
    }
}
