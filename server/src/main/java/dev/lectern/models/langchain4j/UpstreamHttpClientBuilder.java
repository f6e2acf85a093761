package dev.lectern.models.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.lectern.shared.Secret;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/** Supplies {@link UpstreamHttpClient} to LangChain4j's clients, which take a builder. */
final class UpstreamHttpClientBuilder implements HttpClientBuilder {
    private final UpstreamHttpClient http;
    private final Duration connectTimeout;

    UpstreamHttpClientBuilder(
            ServiceSettings.Access access, KeyScheme keyScheme, Executor executor, InstantSource clock) {
        this.connectTimeout = access.connectTimeout();
        this.http = new UpstreamHttpClient(
                java.net.http.HttpClient.newBuilder()
                        .connectTimeout(connectTimeout)
                        .version(Version.HTTP_1_1)
                        .followRedirects(Redirect.NEVER)
                        .executor(executor)
                        .build(),
                access,
                keyScheme,
                clock);
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Ignored, since the time-out is configured once for all clients. */
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    /** Never reached: the deadline of each call comes first. */
    @Override
    public Duration readTimeout() {
        return Duration.ofDays(1);
    }

    /** Ignored, since the deadline of each call applies. */
    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    void replaceKeys(List<Secret> keys) {
        http.replaceKeys(keys);
    }

    @Override
    public HttpClient build() {
        return http;
    }
}
