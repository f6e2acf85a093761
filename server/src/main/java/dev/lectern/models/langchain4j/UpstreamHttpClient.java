package dev.lectern.models.langchain4j;

import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.lectern.shared.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP client for LangChain4j. It reads streams on the calling thread, so that a call can be aborted at any moment, ends at its deadline and reads at most
 * {@link #MAX_BODY_BYTES}. It follows no redirects and does not retry; its failures have the type that LangChain4j does not retry either.
 */
final class UpstreamHttpClient implements HttpClient {
    private static final Logger log = LoggerFactory.getLogger(UpstreamHttpClient.class);
    /** Larger than any reply of a model and any batch of embeddings. */
    static final int MAX_BODY_BYTES = 32 * 1024 * 1024;

    private final java.net.http.HttpClient client;
    private final ServiceSettings.Access access;
    private final KeyScheme keyScheme;
    private final InstantSource clock;
    private final ApiKeyRing apiKeys;

    UpstreamHttpClient(
            java.net.http.HttpClient client, ServiceSettings.Access access, KeyScheme keyScheme, InstantSource clock) {
        this.client = client;
        this.access = access;
        this.keyScheme = keyScheme;
        this.clock = clock;
        this.apiKeys = new ApiKeyRing(access.apiKeys(), clock);
    }

    void replaceKeys(List<Secret> keys) {
        apiKeys.replace(keys);
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
            new ReplyReader(call, new FailureRecordingListener(listener, call)).read(body, parser);
            listener.onClose();
        } catch (IOException | NonRetriableException e) {
            listener.onError(e);
        }
    }

    private interface OnOpen {
        void opened(HttpResponse<InputStream> response);
    }

    private InputStream open(HttpRequest request, UpstreamCall call, OnOpen onOpen) throws IOException {
        ApiKeyRing.Choice choice = apiKeys.choose(call.model());
        if (choice.limit() != null) {
            call.recordRefusal(Refusal.beforehand(choice.limit()));
            throw new NonRetriableException("Not sent before the quota is renewed");
        }
        Secret key = choice.key();
        HttpResponse<InputStream> response = send(translate(request, call, key), call);
        InputStream body = new SizeLimitedInputStream(response.body(), MAX_BODY_BYTES);
        call.onStop(() -> closeQuietly(response.body()));
        if (response.statusCode() / 100 != 2) {
            Refusal refusal = RefusalReader.read(response, clock.instant());
            if (refusal.quota() != null) {
                apiKeys.limit(key, call.model(), refusal.quota());
            }
            call.recordRefusal(refusal);
            body.close();
            throw new NonRetriableException("Rejected with status " + response.statusCode());
        }
        if (isWebPage(response)) {
            NonRetriableException webPage = new NonRetriableException("The response is a web page");
            call.recordParseFailure(webPage);
            call.recordUnexpectedForm(UpstreamCall.UnexpectedForm.HTML);
            body.close();
            throw webPage;
        }
        onOpen.opened(response);
        return body;
    }

    /** A proxy or a login page that responds in the place of the service. */
    private static boolean isWebPage(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
                .isPresent();
    }

    private HttpResponse<InputStream> send(java.net.http.HttpRequest request, UpstreamCall call) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> response =
                client.sendAsync(request, BodyHandlers.ofInputStream());
        call.onStop(() -> response.cancel(true));
        try {
            return response.get();
        } catch (CancellationException e) {
            throw new IOException("The call was aborted", e);
        } catch (ExecutionException e) {
            throw new IOException("The call failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.cancel(true);
            throw new IOException("The calling thread was interrupted", e);
        }
    }

    /** Puts the key of this call in the place of the one that LangChain4j was given, and adds what the operator configured. */
    private java.net.http.HttpRequest translate(HttpRequest request, UpstreamCall call, Secret key) {
        Duration left = call.remaining();
        var translated = java.net.http.HttpRequest.newBuilder(address(request.url()))
                .timeout(left.isPositive() ? left : Duration.ofMillis(1))
                .method(
                        request.method().name(),
                        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> {
            if (!keyScheme.isKeyHeader(name)) {
                values.forEach(value -> translated.header(name, value));
            }
        });
        if (!key.isEmpty()) {
            translated.setHeader(keyScheme.header(), keyScheme.value(key));
        }
        access.headers().forEach(translated::setHeader);
        return translated.build();
    }

    private URI address(String url) {
        return URI.create(access.query().isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + access.query());
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            log.debug("An aborted stream did not close cleanly", e);
        }
    }
}
