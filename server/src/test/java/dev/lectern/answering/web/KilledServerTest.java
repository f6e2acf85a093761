package dev.lectern.answering.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.answering.ScriptedModel;
import dev.lectern.answering.web.HttpTestClient.Event;
import dev.lectern.answering.web.HttpTestClient.Events;
import dev.lectern.answering.web.HttpTestClient.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NeedsServer
@Timeout(240)
class KilledServerTest {

    /** Serves until it is killed; its model never finishes. */
    public static void main(String[] arguments) throws Exception {
        AnsweringTestServer server =
                AnsweringTestServer.start(Path.of(arguments[0]), "--lectern.answering.keep-every=50ms");
        server.model.script = ScriptedModel.pausing("Employees receive 28 ", new CountDownLatch(1), "never");
        Files.writeString(Path.of(arguments[1]), Integer.toString(server.port));
        new CountDownLatch(1).await();
    }

    @Test
    void kill_whileAnAnswerIsWritten_keepsItAsInterrupted(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path portFile = folder.resolve("port");
        Process killed = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledServerTest.class.getName(),
                        data.toString(),
                        portFile.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        String cookie;
        String conversation;
        String message;
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.exists(portFile)
                            && !Files.readString(portFile).isEmpty());
            HttpTestClient anna = new HttpTestClient(Integer.parseInt(Files.readString(portFile)));
            conversation = anna.newConversation();
            try (Events events = anna.ask(conversation, "How many days?")) {
                message = events.until("started").data().at("/messageId").asString();
                events.until("delta");
                TimeUnit.MILLISECONDS.sleep(500);
            }
            cookie = anna.cookie();
        } finally {
            killed.destroyForcibly().waitFor();
        }
        try (AnsweringTestServer server = AnsweringTestServer.start(data)) {
            HttpTestClient again = server.reader().withCookie(cookie);
            String messages = "/conversations/" + conversation + "/messages";
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> again.call("GET", messages, null)
                            .at("/items/0/status")
                            .equals("interrupted"));
            Reply list = again.call("GET", messages, null);
            assertThat(list.at("/items/0/id")).isEqualTo(message);
            assertThat(list.at("/items/0/answer/reason")).isEqualTo("interrupted");
            assertThat(list.at("/items/0/answer/text")).isEqualTo("Employees receive 28");
            try (Events events = again.resume(conversation, message, null)) {
                assertThat(events.until("finished").data().at("/answer/status").asString())
                        .isEqualTo("failed");
            }
            assertThat(again.call("POST", messages, Map.of("content", "And now?"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void stop_whileAnAnswerIsWritten_letsItEndAndNoOtherBegin(@TempDir Path data) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (AnsweringTestServer server = AnsweringTestServer.start(data, "--lectern.answering.shutdown-grace=30s")) {
            server.model.script = ScriptedModel.pausing("Employees receive 28 days ", go, "of annual leave. [1]");
            HttpTestClient anna = server.reader();
            String conversation = anna.newConversation();
            try (Events events = anna.ask(conversation, "How many days?")) {
                events.until("delta");
                server.model.script = (onText, cancellation) -> onText.accept("Employees receive 28 days. [1]");
                Thread stopping = Thread.ofVirtual().start(server::stop);
                String other = anna.newConversation();
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    Reply refused =
                            anna.call("POST", "/conversations/" + other + "/messages", Map.of("content", "And now?"));
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.at("/code")).isEqualTo("shutting_down");
                });
                go.countDown();
                Event end = events.until("finished");
                assertThat(end.data().at("/answer/status").asString()).isEqualTo("answered");
                assertThat(end.data().at("/answer/text").asString())
                        .isEqualTo("Employees receive 28 days of annual leave. [1]");
                stopping.join();
            }
        }
    }

    @Test
    void stop_whileAnAnswerIsWritten_keepsItWithItsCitations(@TempDir Path data) throws Exception {
        String cookie;
        String conversation;
        try (AnsweringTestServer server = AnsweringTestServer.start(data)) {
            server.model.script =
                    ScriptedModel.pausing("Employees receive 28 days. [1]", new CountDownLatch(1), "never");
            HttpTestClient anna = server.reader();
            conversation = anna.newConversation();
            cookie = anna.cookie();
            Events events = anna.ask(conversation, "How many days?");
            events.until("delta");
            server.stop();
            events.close();
        }
        try (AnsweringTestServer server = AnsweringTestServer.start(data)) {
            Reply list = server.reader()
                    .withCookie(cookie)
                    .call("GET", "/conversations/" + conversation + "/messages", null);
            assertThat(list.at("/items/0/status")).isEqualTo("interrupted");
            assertThat(list.at("/items/0/answer/text")).isEqualTo("Employees receive 28 days. [1]");
            assertThat(list.body().at("/items/0/answer/citations")).hasSize(1);
        }
    }
}
