package dev.lectern.library.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.Documents;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsServer
class DocumentTagsTest {
    private static TestServer server;
    private static String document;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        add("The tower is 210 metres high. ");
        document = "/api/v1/documents/"
                + server.bean(Documents.class)
                        .page(TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(null, null, null, 1))
                        .items()
                        .getFirst()
                        .id()
                        .value();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void add(String sentence) throws InterruptedException {
        JobService jobService = server.bean(JobService.class);
        jobService.await(
                TestAccess.OPERATOR,
                jobService.addTexts(
                        TestAccess.OPERATOR,
                        CollectionId.DEFAULT,
                        List.of(new TextDocument("tower", "Tower", sentence.repeat(80)))),
                Duration.ofSeconds(30));
    }

    private static HttpResponse<String> get(String path, String tag, String encoding) throws Exception {
        return server.send(server.request(path).header("If-None-Match", tag).header("Accept-Encoding", encoding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "content"})
    void knownTag_isNotSentAgainUntilTheDocumentChanges(String part) throws Exception {
        add("The tower is 210 metres high. ");
        String path = document + "/" + part;
        for (String encoding : List.of("identity", "gzip")) {
            HttpResponse<String> first = get(path, "\"none\"", encoding);
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.headers().allValues("Cache-Control")).containsExactly("no-cache, private");
            String tag = first.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = get(path, tag, encoding);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().allValues("Cache-Control")).containsExactly("no-cache, private");
        }
        String tag = server.get(path).headers().firstValue("ETag").orElseThrow();
        add("The tower is 211 metres high. ");
        HttpResponse<String> changed = get(path, tag, "identity");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("211 metres");
        assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    }

    @Test
    void content_replacesThePolicyOfThePage() throws Exception {
        HttpResponse<String> original = server.get(document + "/content");
        assertThat(original.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("sandbox; default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(original.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(original.headers().allValues("X-Frame-Options")).containsExactly("DENY");
        assertThat(original.headers().allValues("Content-Disposition")).hasSize(1);
    }

    @Test
    void otherAnswersOfTheApi_areNotKept() throws Exception {
        assertThat(server.get(document).headers().allValues("Cache-Control")).containsExactly("no-store");
    }
}
