package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With the default configuration the server calls no other host: no DNS lookup happens during ingestion, search and answering. */
@NeedsServer
class NoOutboundConnectionTest {
    private static final String BOUNDARY = "----words";

    @Test
    void product_wholeJourney_looksUpNoName() throws Exception {
        Set<String> before = DnsLookupRecorder.all();
        try (TestServer server = TestServer.start()) {
            upload(server, "The harbour closes at nine in the evening. The lighthouse was built in 1886.");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(server.post("/api/v1/search", "{\"query\":\"harbour\"}")
                                    .body())
                            .contains("harbour closes"));
            HttpResponse<String> answer =
                    server.post("/api/v1/ask", "{\"question\":\"When was the lighthouse built?\"}");
            assertThat(answer.body()).contains("1886");
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
        Set<String> names = new HashSet<>(DnsLookupRecorder.all());
        names.removeAll(before);
        names.remove("localhost");
        assertThat(names).isEmpty();
    }

    @Test
    void lookUp_ofAnyName_isNoticed() {
        assertThatThrownBy(() -> InetAddress.getAllByName("noticed.invalid")).isInstanceOf(UnknownHostException.class);
        assertThat(DnsLookupRecorder.all()).contains("noticed.invalid");
    }

    private static void upload(TestServer server, String text) throws Exception {
        String body =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"harbour.txt\"\r\n"
                        + "Content-Type: text/plain\r\n\r\n" + text + "\r\n--" + BOUNDARY + "--\r\n";
        HttpResponse<String> taken = server.send(server.request("/api/v1/collections/default/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(TestServer.body(body)));
        assertThat(taken.statusCode()).isEqualTo(202);
    }
}
