package dev.lectern.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A fake of OpenAI's streaming chat API that always sends the same answer with one citation, at once or with pauses. */
final class FakeChatServer implements AutoCloseable {
    private static final String[] PIECES = {
        "This is ",
        "described ",
        "in the ",
        "first of ",
        "the given ",
        "passages, ",
        "as far ",
        "as a stand-in ",
        "can tell. ",
        "[1]"
    };

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final byte[] reply = reply();
    private volatile long pauseMillis;

    FakeChatServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(executor);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            if (pauseMillis > 0) {
                exchange.sendResponseHeaders(200, 0);
                writeSlowly(exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(200, reply.length);
                exchange.getResponseBody().write(reply);
            }
        } catch (UncheckedIOException left) {
            throw left.getCause();
        }
    }

    /** Waits before each part of the answer from now on. */
    void pause(long millis) {
        pauseMillis = millis;
    }

    private void writeSlowly(OutputStream body) throws IOException {
        for (String event : new String(reply, StandardCharsets.UTF_8).split("(?<=\n\n)", -1)) {
            try {
                Thread.sleep(pauseMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            body.write(event.getBytes(StandardCharsets.UTF_8));
            body.flush();
        }
    }

    private static byte[] reply() {
        StringBuilder events = new StringBuilder();
        for (String piece : PIECES) {
            events.append(chunk("{\"content\":\"" + piece + "\"}", "null", ""));
        }
        events.append(chunk(
                "{}", "\"stop\"", ",\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":20,\"total_tokens\":920}"));
        return events.append("data: [DONE]\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String chunk(String delta, String finish, String usage) {
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stand-in\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + finish + "}]" + usage + "}\n\n";
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
