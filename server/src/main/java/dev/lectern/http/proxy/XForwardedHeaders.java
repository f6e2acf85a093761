package dev.lectern.http.proxy;

import dev.lectern.http.ProxyProperties;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the headers {@code X-Forwarded-For}, {@code -Proto}, {@code -Host}, {@code -Port} and {@code -Prefix}. */
final class XForwardedHeaders {
    static final String FOR = "X-Forwarded-For";
    static final String PROTO = "X-Forwarded-Proto";
    static final String HOST = "X-Forwarded-Host";
    static final String PORT = "X-Forwarded-Port";
    static final String PREFIX = "X-Forwarded-Prefix";

    private XForwardedHeaders() {}

    /**
     * What trusted proxies say: the addresses are read from right to left, up to the first one that is no trusted proxy or is malformed. Of the other headers
     * the value of the outermost trusted proxy counts. Many proxies replace these instead of adding to them, so there may be fewer values than addresses;
     * then it is the first.
     *
     * @param lines the values of a header by its name, in the order of the request
     */
    static ForwardedValues read(Function<String, List<String>> lines, Predicate<InetAddress> isTrusted) {
        ForwardedValues.Walk walk = new ForwardedValues.Walk(isTrusted);
        int proxies = 1;
        for (String address : values(lines.apply(FOR)).reversed()) {
            if (!walk.proceed(NodeName.address(address))) {
                break;
            }
            proxies++;
        }
        return new ForwardedValues(
                walk.client(),
                outermost(lines.apply(PROTO), proxies, NodeName::scheme),
                outermost(lines.apply(HOST), proxies, NodeName::authority),
                outermost(lines.apply(PORT), proxies, NodeName::port),
                outermost(
                        lines.apply(PREFIX),
                        proxies,
                        prefix -> ProxyProperties.prefix(prefix).orElse(null)));
    }

    private static <T> @Nullable T outermost(List<String> lines, int proxies, Function<String, @Nullable T> reader) {
        List<String> values = values(lines);
        return values.isEmpty() ? null : reader.apply(values.get(Math.max(0, values.size() - proxies)));
    }

    private static List<String> values(List<String> lines) {
        return lines.isEmpty()
                ? lines
                : lines.stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)))
                        .map(String::strip)
                        .toList();
    }
}
