package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.LecternApplication;
import dev.lectern.NeedsServer;
import dev.lectern.answering.web.HttpTestClient.Reply;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

@NeedsServer
class EmptyLibraryHttpTest {

    @Test
    void ask_emptyLibrary_saysThatNothingWasFound(@TempDir Path data) throws Exception {
        try (var context =
                SpringApplication.run(LecternApplication.class, "--server.port=0", "--lectern.data=" + data)) {
            HttpTestClient anna = new HttpTestClient(
                    context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            Reply reply = anna.call("POST", "/ask", Map.of("question", "How many days of leave?"));
            assertThat(reply.response().body()).contains("\"status\":\"abstained\"");
            assertThat(reply.at("/reason")).isEqualTo("nothing_found");
            assertThat(reply.status()).isEqualTo(200);
        }
    }
}
