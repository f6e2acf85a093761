package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The whole program under hours of ordinary use in short: uploads, questions, conversations and deletions, over and over. Threads, open files and the heap
 * after a collection stay where they were after the first tenth.
 */
@LongTest
@NeedsServer
class EnduranceTest {
    private static final int ROUNDS = 2_000;
    private static final String BOUNDARY = "boundary7";

    private final Random random = new Random(11);

    @Test
    void ordinaryUse_overAndOver_leavesNothingBehind() throws Exception {
        try (TestServer server = TestServer.start()) {
            String cookie = server.newCookie("/api/v1/collections");
            Resources before = Resources.NONE;
            for (int round = 0; round < ROUNDS; round++) {
                use(server, cookie, round);
                if (round == ROUNDS / 10) {
                    before = Resources.now();
                }
            }
            Resources after = Resources.now();
            assertThat(after.threads()).as("threads").isLessThan(before.threads() + 50);
            assertThat(after.files()).as("open files").isLessThan(before.files() + 50);
            assertThat(after.heap()).as("heap in MB").isLessThan(before.heap() + 64);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private void use(TestServer server, String cookie, int round) throws Exception {
        String path = "notes/" + round % 50 + ".txt";
        String text =
                "The tower number " + round + " is " + random.nextInt(500) + " metres high. It was built by hand.";
        HttpResponse<String> uploaded = server.send(server.request(
                        "/api/v1/collections/default/documents?onConflict=replace")
                .header("Cookie", cookie)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(TestServer.body(("--" + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + path
                                + "\"\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n--" + BOUNDARY + "--\r\n")
                        .getBytes(StandardCharsets.UTF_8))));
        assertThat(uploaded.statusCode()).as(uploaded.body()).isLessThan(300);
        HttpResponse<String> answer = server.send(server.request("/api/v1/ask")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(TestServer.body("{\"question\":\"How high is the tower number " + round + "?\",\"stream\":"
                        + random.nextBoolean() + "}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        HttpResponse<String> found =
                server.post("/api/v1/search", "{\"query\":\"tower " + random.nextInt(round + 1) + "\"}");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    }

    /** @param heap in megabytes after a collection */
    private record Resources(int threads, long files, long heap) {
        static final Resources NONE = new Resources(0, 0, 0);

        static Resources now() {
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            return new Resources(ManagementFactory.getThreadMXBean().getThreadCount(), files, heap);
        }
    }
}
