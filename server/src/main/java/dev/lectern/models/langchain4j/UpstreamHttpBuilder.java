package dev.lectern.models.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Hands {@link UpstreamHttp} to LangChain4j's clients, which ask for a builder. */
final class UpstreamHttpBuilder implements HttpClientBuilder {
    private final UpstreamHttp http;
    private final Duration connectTimeout;

    UpstreamHttpBuilder(Duration connectTimeout, Executor executor) {
        this.connectTimeout = connectTimeout;
        this.http = new UpstreamHttp(java.net.http.HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .executor(executor)
                .build());
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Ignored: the time-out is configured once, for all clients. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    /** The deadline of each call counts instead. */
    @Override
    public Duration readTimeout() {
        return Duration.ofDays(1);
    }

    /** Ignored: the deadline of each call counts. */
    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return http;
    }
}
