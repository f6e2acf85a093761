package dev.lectern.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;

/** A minimal HTTP client with persistent connections, which uses as little processor time as possible during measurements. Thread-safe. */
final class BenchmarkHttpClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final URI server;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    BenchmarkHttpClient(URI server) {
        this.server = server;
    }

    record Reply(int status, String head, String body) {}

    private record Connection(Socket socket, InputStream in) {}

    Reply get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "");
    }

    /** @param headers each with its line end */
    Reply post(String path, String headers, String json) throws IOException {
        return send(
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + headers
                        + "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n",
                json);
    }

    private Reply send(String head, String body) throws IOException {
        Connection connection = idle.pollFirst();
        if (connection == null) {
            Socket socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            connection = new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        }
        connection.socket().getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        Reply reply = read(connection.in());
        idle.addFirst(connection);
        return reply;
    }

    private static Reply read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        boolean chunked = false;
        String status = line(in);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append('\n');
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
        }
        byte[] body = chunked ? chunks(in) : in.readNBytes(length);
        return new Reply(
                Integer.parseInt(status.split(" ", -1)[1]), head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : idle) {
            connection.socket().close();
        }
    }
}
