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

/** The way to one service: how it is called and how its failures are told. */
public final class Upstream {
    private final String service;
    private final String keySetting;
    private final String urlSetting;
    private final ExecutorService executor;
    private final InstantSource clock;
    private final UpstreamHttpBuilder http;

    /**
     * @param service as people call it, such as {@code Gemini}
     * @param keySetting the variable that holds its key, for advice
     * @param urlSetting the variable that holds its address, for advice
     */
    public Upstream(
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
        this.http = new UpstreamHttpBuilder(connectTimeout, executor);
    }

    /** To be given to a client of LangChain4j: its calls must then be made within those of this object. */
    public HttpClientBuilder http() {
        return http;
    }

    UpstreamCall call(Deadline deadline) {
        return new UpstreamCall(deadline, clock);
    }

    /** Runs {@code action} on this thread and breaks it off when its deadline passes. */
    <T> T within(UpstreamCall call, java.util.function.Supplier<T> action) {
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

    /** Says what went wrong in our words; the service's own are not repeated, as they may hold what was sent. */
    LecternException translate(UpstreamCall call, String model, @Nullable Throwable failure) {
        if (call.stopped() == UpstreamCall.Stop.DEADLINE || isTimeOut(failure)) {
            return new LecternException(
                    ErrorCode.DEADLINE_EXCEEDED, service + " did not finish in time. Try again.", failure);
        }
        Integer status = call.refusedStatus();
        if (status != null) {
            return ofStatus(status, call.retryAfter(), model, failure);
        }
        if (call.unreadable() == null && isIo(failure)) {
            return new LecternException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    service + " cannot be reached, or broke off. Check " + urlSetting + " and the network.",
                    failure);
        }
        return new LecternException(
                ErrorCode.MODEL_FAILED,
                service + " sent an answer that cannot be understood. Check that " + urlSetting + " is its address.",
                failure);
    }

    private LecternException ofStatus(
            int status, @Nullable Duration retryAfter, String model, @Nullable Throwable failure) {
        return switch (status) {
            case 401, 403 ->
                new LecternException(
                        ErrorCode.MODEL_FAILED, service + " refused the key. Check " + keySetting + ".", failure);
            case 404 ->
                new LecternException(
                        ErrorCode.MODEL_FAILED,
                        service + " does not know the model \"" + model + "\". Check its name and " + urlSetting + ".",
                        failure);
            case 429 ->
                unavailable(service + " accepts no more requests at the moment (status 429).", retryAfter, failure);
            default ->
                status == 408 || status >= 500
                        ? unavailable(
                                service + " is not available at the moment (status " + status + ").",
                                retryAfter,
                                failure)
                        : new LecternException(
                                ErrorCode.MODEL_FAILED,
                                service + " refused the request (status " + status + ").",
                                failure);
        };
    }

    private static LecternException unavailable(
            String message, @Nullable Duration retryAfter, @Nullable Throwable failure) {
        return new LecternException(ErrorCode.MODEL_UNAVAILABLE, message, List.of(), retryAfter, failure);
    }

    /** A request gets what is left to its deadline, and may notice the end of that before the one who watches it. */
    private static boolean isTimeOut(@Nullable Throwable failure) {
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
