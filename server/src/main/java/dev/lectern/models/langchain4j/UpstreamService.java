package dev.lectern.models.langchain4j;

import com.fasterxml.jackson.core.JacksonException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.lectern.models.ModelCallException;
import dev.lectern.models.ModelCallException.Reason;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.Secret;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A remote model service: runs calls with a deadline and translates their failures. */
public final class UpstreamService {
    private final String service;
    private final String urlSetting;
    private final String firstTokenSetting;
    private final String nextTokenSetting;
    private final RefusalTranslator refusals;
    private final ExecutorService executor;
    private final InstantSource clock;
    private final UpstreamHttpClientBuilder http;

    public UpstreamService(
            ServiceSettings settings, KeyScheme keyScheme, ExecutorService executor, InstantSource clock) {
        this.service = settings.title();
        this.urlSetting = settings.variable("BASE_URL");
        this.firstTokenSetting = settings.variable("FIRST_TOKEN_TIMEOUT");
        this.nextTokenSetting = settings.variable("NEXT_TOKEN_TIMEOUT");
        this.refusals = new RefusalTranslator(settings);
        this.executor = executor;
        this.clock = clock;
        this.http = new UpstreamHttpClientBuilder(settings.access(), keyScheme, executor, clock);
    }

    /** Uses another API key from the next call on; none if it is empty. */
    public void replaceKey(Secret key) {
        http.replaceKeys(key.isEmpty() ? List.of() : List.of(key));
    }

    /** The HTTP client for a client of LangChain4j, whose calls have to run in {@link #runWithDeadline}. */
    public HttpClientBuilder http() {
        return http;
    }

    /** @param model as in the configuration */
    UpstreamCall call(String model, Deadline deadline) {
        return new UpstreamCall(model, deadline, clock);
    }

    /** A call of a chat model, which may be silent for as long as its settings and the request allow. */
    UpstreamCall call(
            String model, Deadline deadline, ServiceSettings.Chat settings, @Nullable Deadline firstTextBy) {
        Duration firstText = settings.firstTokenTimeout();
        Duration left = firstTextBy == null ? firstText : firstTextBy.remaining(clock);
        return new UpstreamCall(
                model,
                deadline,
                clock,
                new ReplyTimeLimits(left.compareTo(firstText) < 0 ? left : firstText, settings.nextTokenTimeout()));
    }

    /** Runs {@code action} on this thread and aborts it when its deadline passes. */
    <T> T runWithDeadline(UpstreamCall call, java.util.function.Supplier<T> action) {
        var watch = executor.submit(() -> {
            call.enforceLimits();
            return null;
        });
        try {
            return call.run(action);
        } finally {
            watch.cancel(true);
        }
    }

    /** Translates a failure. The text of the service is left out, since it may contain what was sent. */
    ModelCallException translate(UpstreamCall call, String model, @Nullable Throwable failure) {
        if (call.stopped() == UpstreamCall.Stop.FIRST_TEXT) {
            return failed(
                    Reason.FIRST_TOKEN_TIMEOUT,
                    " wrote no text within the limit for the first token.",
                    "Check the load of the service, raise " + firstTokenSetting
                            + " for a model that thinks for long, or let it think less.",
                    failure);
        }
        if (call.stopped() == UpstreamCall.Stop.STALLED) {
            return failed(
                    Reason.STREAM_STALLED,
                    " stopped sending in the middle of its reply.",
                    "Check the load of the service and the proxies before it, or raise "
                            + nextTokenSetting + ".",
                    failure);
        }
        if (call.stopped() == UpstreamCall.Stop.DEADLINE || isTimeout(failure)) {
            return failed(
                    Reason.DEADLINE,
                    " did not respond before the deadline.",
                    "Check the load of the service, or choose a faster model.",
                    failure);
        }
        Refusal refusal = call.refusal();
        if (refusal != null) {
            return refusals.translate(refusal, model, clock.instant(), failure);
        }
        if (call.hasServiceError()) {
            return failed(
                    Reason.SERVICE_FAILED,
                    " ended its response with an error.",
                    "Look into the log of the service, or choose another model.",
                    failure);
        }
        if (call.parseFailure() == null && isIo(failure)) {
            return UpstreamConnectionFailure.isTls(failure)
                    ? failed(
                            Reason.TLS_FAILED,
                            " cannot be reached, because the TLS connection failed.",
                            "Check that " + urlSetting + " has the right scheme and host, that the certificate of the service"
                                    + " is valid, and that Java trusts who issued it.",
                            failure)
                    : failed(
                            Reason.UNREACHABLE,
                            " " + UpstreamConnectionFailure.describe(failure) + ".",
                            "Check " + urlSetting + ", that the service runs, and the network.",
                            failure);
        }
        if (call.unexpectedForm() != null) {
            return failed(
                    Reason.WEB_PAGE,
                    " does not respond at this address: it answers " + call.unexpectedForm() + ", not a reply of a model.",
                    "Check that " + urlSetting + " is the base URL of the service, with its version and nothing behind it,"
                            + " and that no proxy or login page responds in its place.",
                    failure == null ? call.parseFailure() : failure);
        }
        return failed(
                Reason.INVALID_RESPONSE,
                " sent an invalid response.",
                "Check that " + urlSetting + " is its base URL, and that no proxy responds in its place.",
                failure == null ? call.parseFailure() : failure);
    }

    /** A model thought and wrote nothing. */
    ModelCallException thoughtsOnly(String model, int thinkingTokens) {
        return failed(
                Reason.THOUGHTS_ONLY,
                " sent thoughts of \"" + model + "\" (" + thinkingTokens + " tokens) and no text.",
                "Let the model think less, or raise LECTERN_ANSWERING_MAX_OUTPUT_TOKENS.",
                null);
    }

    /** A model wrote thoughts as if they were its answer. */
    ModelCallException unmarkedThoughts(String model) {
        return failed(
                Reason.INVALID_RESPONSE,
                " wrote the thoughts of \"" + model + "\" before the answer, without a mark at their beginning.",
                "Further answers of this model are held back until its thoughts end. Enable the parser for reasoning of"
                        + " the service, so that it sends thoughts apart.",
                null);
    }

    private ModelCallException failed(Reason reason, String condition, String remedy, @Nullable Throwable failure) {
        return new ModelCallException(reason, service + condition, remedy, null, failure);
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
            // LangChain4j keeps only the deepest cause of an unknown host, which is no IOException.
            if (cause instanceof IOException || cause instanceof UnresolvedAddressException) {
                return !(cause instanceof JacksonException);
            }
        }
        return false;
    }
}
