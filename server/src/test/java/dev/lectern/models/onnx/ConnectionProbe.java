package dev.lectern.models.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.lectern.shared.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program of its own, since libraries are loaded once: prints every address that something wants to connect to, and lets nobody reach it. */
final class ConnectionProbe {
    private static final Duration FOR_LATECOMERS = Duration.ofSeconds(1);

    private ConnectionProbe() {}

    public static void main(String[] arguments) throws Exception {
        ProxySelector.setDefault(new Spy());
        URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new Refusing() : null);
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "embedder" -> {
                Clock clock = Clock.systemUTC();
                try (OnnxEmbedder embedder = OnnxEmbedder.bundled(folder, clock)) {
                    embedder.embedQuestions(List.of("Does it phone home?"), Deadline.in(Duration.ofMinutes(1), clock));
                }
            }
            case "library" -> {
                System.setProperty("ENGINE_CACHE_DIR", folder.toString());
                HuggingFaceTokenizer.newInstance(
                                new ByteArrayInputStream(new BundledModelFiles().tokenizer()), Map.of())
                        .close();
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        Thread.sleep(FOR_LATECOMERS);
        System.out.println("done");
    }

    private static final class Refusing extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            System.out.println("connects to " + url);
            throw new IOException("Nobody is reached from here");
        }

        @Override
        protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
            return openConnection(url);
        }
    }

    private static final class Spy extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            System.out.println("connects to " + uri);
            return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("127.0.0.1", 1)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {
            System.out.println("refused " + uri);
        }
    }
}
