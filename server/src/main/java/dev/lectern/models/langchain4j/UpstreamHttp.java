package dev.lectern.models.langchain4j;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's way out, on the calling thread: a stream is read where it was asked for, so that it can be broken off at any moment, ends with its
 * deadline and never grows past {@link #MAX_BODY_BYTES}. It never follows redirects and never tries again: that is decided in one place, above, so its failures are of the
 * kind that LangChain4j's own retries leave alone.
 */
final class UpstreamHttp implements HttpClient {
    /** More than any model writes in one reply, and any batch of embeddings has. */
    static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private final java.net.http.HttpClient client;

    UpstreamHttp(java.net.http.HttpClient client) {
        this.client = client;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        UpstreamCall call = UpstreamCall.current();
        try (InputStream body = open(request, call, response -> {})) {
            return SuccessfulHttpResponse.builder()
                    .statusCode(200)
                    .body(body.readAllBytes())
                    .build();
        } catch (IOException e) {
            throw new NonRetriableException(e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        UpstreamCall call = UpstreamCall.current();
        try (InputStream body = open(
                request,
                call,
                response -> listener.onOpen(SuccessfulHttpResponse.builder()
                        .statusCode(response.statusCode())
                        .headers(response.headers().map())
                        .build()))) {
            parser.parse(body, new NotingListener(listener, call));
            listener.onClose();
        } catch (IOException | NonRetriableException e) {
            listener.onError(e);
        }
    }

    private interface OnOpen {
        void opened(HttpResponse<InputStream> response);
    }

    private InputStream open(HttpRequest request, UpstreamCall call, OnOpen onOpen) throws IOException {
        HttpResponse<InputStream> response = send(request, call);
        InputStream body = new BoundedStream(response.body(), MAX_BODY_BYTES);
        call.onStop(() -> closeQuietly(response.body()));
        if (response.statusCode() / 100 != 2) {
            call.refused(response.statusCode(), retryAfter(response));
            body.close();
            throw new NonRetriableException("Refused with status " + response.statusCode());
        }
        onOpen.opened(response);
        return body;
    }

    private HttpResponse<InputStream> send(HttpRequest request, UpstreamCall call) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> response =
                client.sendAsync(translate(request, call), BodyHandlers.ofInputStream());
        call.onStop(() -> response.cancel(true));
        try {
            return response.get();
        } catch (CancellationException e) {
            throw new IOException("The call was broken off", e);
        } catch (ExecutionException e) {
            throw new IOException("The call failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.cancel(true);
            throw new IOException("The calling thread was interrupted", e);
        }
    }

    private static java.net.http.HttpRequest translate(HttpRequest request, UpstreamCall call) {
        Duration left = call.remaining();
        var translated = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .timeout(left.isPositive() ? left : Duration.ofMillis(1))
                .method(
                        request.method().name(),
                        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
        return translated.build();
    }

    /** Seconds as a number; the form with a date is not used by these services. */
    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            System.getLogger(UpstreamHttp.class.getName())
                    .log(System.Logger.Level.DEBUG, "A stream that was broken off did not close cleanly", e);
        }
    }
}
