package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lecterntest.HttpTestApi;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@NeedsServer
class EventStreamTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.http.comment-every=100ms"), HttpTestApi.class);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void events_haveIdNameAndOneLineOfData_andAreNeverPackedOrBuffered() throws Exception {
        HttpResponse<String> response =
                server.send(server.request("/api/v1/test/events?count=2").header("Accept-Encoding", "gzip"));
        assertThat(response.body())
                .isEqualTo("id: 1\nevent: delta\ndata: {\"text\":\"line\\nbreak\"}\n\n"
                        + "id: 2\nevent: delta\ndata: {\"text\":\"line\\nbreak\"}\n\n");
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store, no-transform");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void silentStream_sendsComments_andEndsWhenItsReaderGoes() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/test/silence HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(readUntil(socket.getInputStream(), ": keep-alive")).contains("200", "text/event-stream");
            socket.setSoLinger(true, 0);
        }
        assertThat(server.bean(HttpTestApi.class).streamEnded.await(60, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void end_letsTheOpenerSayTheLastWord() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        EventStream stream = new EventStream(sent, JsonMapper.shared(), Duration.ofMinutes(1), () -> {});
        stream.end();
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.send("1", "finished", 7)).isFalse();
        stream.close();
        assertThat(stream.send("2", "finished", 8)).isFalse();
        assertThat(sent).hasToString("id: 1\nevent: finished\ndata: 7\n\n");
    }

    /** The first check fails for a reason that passes, so the stream goes on until the second one. */
    @Test
    void reader_whoMayNotGoOn_isToldSo_andTheStreamEnds() {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        AtomicInteger checks = new AtomicInteger();
        EventStream stream = new EventStream(sent, JsonMapper.shared(), Duration.ofMinutes(1), () -> {
            throw checks.incrementAndGet() == 1
                    ? new LecternException(ErrorCode.DATABASE_UNAVAILABLE, "The database is away.")
                    : new LecternException(ErrorCode.FORBIDDEN, "Not any more.");
        });
        stream.watch();
        assertThat(checks).hasValue(2);
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.send("1", "delta", 7)).isFalse();
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .startsWith("event: failed\ndata: {\"problem\":{")
                .contains("\"code\":\"forbidden\"", "Not any more.")
                .doesNotContain("delta");
    }

    private static String readUntil(InputStream in, String wanted) throws Exception {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(wanted) < 0) {
            int next = in.read();
            assertThat(next).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }
}
