package dev.lectern.http.outbound;

import dev.lectern.observability.spi.TaskThreads;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches addresses that people give. It contacts public hosts only, and those that the operator allows by name; so nobody can use the server to reach its
 * private network, itself, or the metadata of its cloud. Each redirect is checked like the first address. It sends no cookies or credentials, uses no proxy,
 * and does not unpack bodies. Thread-safe.
 */
public final class OutboundHttpClient implements AutoCloseable {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final CloseableHttpClient http;

    /** @param allowedHosts in lower case; their addresses may be private */
    OutboundHttpClient(NameResolver resolver, Set<String> allowedHosts) {
        Timeout wait = Timeout.of(MAX_WAIT);
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedResolver(resolver, allowedHosts))
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(wait)
                        .setResponseTimeout(wait)
                        .setExpectContinueEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .setUserAgent("Lectern")
                .build();
    }

    static OutboundHttpClient ofSystem(Set<String> allowedHosts) {
        return new OutboundHttpClient(InetAddress::getAllByName, allowedHosts);
    }

    /**
     * Fetches an address with GET.
     *
     * @param address absolute, http or https, without user name and password
     * @return also for an error status, which the caller judges
     * @throws ForbiddenAddressException when this address, or one that a redirect leads to, is not allowed
     * @throws IOException with one sentence when the host cannot be reached, or a limit is exceeded
     */
    public FetchedContent get(URI address, FetchLimits limits) throws IOException, InterruptedException {
        AtomicReference<HttpGet> current = new AtomicReference<>();
        CompletableFuture<FetchedContent> result = new CompletableFuture<>();
        // A look-up cannot be interrupted, so the caller does not wait for the thread.
        TaskThreads.startVirtualThread("outbound", () -> {
            try {
                result.complete(follow(address, limits, current, result));
            } catch (IOException | RuntimeException failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            return result.get(limits.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException(
                    "The host of " + describe(address) + " did not respond within "
                            + limits.timeout().toSeconds() + " s.",
                    late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause
                    ? cause
                    : new IOException("The address " + describe(address) + " could not be fetched.", failed);
        } finally {
            result.cancel(false);
            HttpGet request = current.get();
            if (request != null) {
                request.cancel();
            }
        }
    }

    private FetchedContent follow(
            URI first, FetchLimits limits, AtomicReference<HttpGet> current, CompletableFuture<FetchedContent> result)
            throws IOException {
        URI address = first;
        for (int redirects = 0; ; redirects++) {
            requireAllowed(address);
            HttpGet request = new HttpGet(address);
            current.set(request);
            if (result.isDone()) {
                throw new IOException("Cancelled.");
            }
            URI asked = address;
            AtomicReference<FetchedContent> content = new AtomicReference<>();
            Optional<URI> next = http.execute(request, response -> {
                Optional<URI> target = findRedirect(asked, response);
                if (target.isEmpty()) {
                    content.set(read(asked, request, response, limits.maxBytes()));
                }
                return target;
            });
            if (next.isEmpty()) {
                return content.get();
            }
            if (redirects == limits.maxRedirects()) {
                throw new IOException(
                        "The address " + describe(first) + " redirects more than " + limits.maxRedirects() + " times.");
            }
            if ("https".equalsIgnoreCase(address.getScheme())
                    && "http".equalsIgnoreCase(next.get().getScheme())) {
                throw new ForbiddenAddressException(
                        "The address " + describe(first) + " redirects from https to http. Use an address with https.");
            }
            address = next.get();
        }
    }

    private static void requireAllowed(URI address) throws ForbiddenAddressException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || address.getHost() == null
                || address.getRawUserInfo() != null) {
            throw new ForbiddenAddressException("The address " + describe(address)
                    + " is not allowed. Use an http or https address with a host, without user name and password.");
        }
    }

    private static Optional<URI> findRedirect(URI asked, ClassicHttpResponse response) throws IOException {
        Header location = response.getFirstHeader("Location");
        if (location == null || !REDIRECTS.contains(response.getCode())) {
            return Optional.empty();
        }
        try {
            return Optional.of(asked.resolve(URI.create(location.getValue())));
        } catch (IllegalArgumentException malformed) {
            throw new IOException(
                    "The address " + describe(asked) + " redirects to something that is no address.", malformed);
        }
    }

    private static FetchedContent read(URI asked, HttpGet request, ClassicHttpResponse response, int maxBytes)
            throws IOException {
        Optional<String> type =
                Optional.ofNullable(response.getFirstHeader("Content-Type")).map(Header::getValue);
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new FetchedContent(asked, response.getCode(), type, new byte[0]);
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(maxBytes);
            if (body.length == maxBytes && in.read() >= 0) {
                // Otherwise the rest would be read so that the connection can be used again.
                request.cancel();
                throw new IOException("The content of " + describe(asked) + " has more than " + maxBytes + " bytes.");
            }
            return new FetchedContent(asked, response.getCode(), type, body);
        }
    }

    /** Without credentials, path and parameters. */
    private static String describe(URI address) {
        return address.getHost() == null ? "given" : address.getScheme() + "://" + address.getHost();
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
