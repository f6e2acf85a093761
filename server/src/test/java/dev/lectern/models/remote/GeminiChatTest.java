package dev.lectern.models.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.gemini.GeminiFixture;
import dev.lectern.models.gemini.GeminiModelFactory;
import dev.lectern.shared.LecternException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GeminiChatTest extends ChatServiceContract {

    @Override
    ChatModel model(URI server) {
        return gemini(server, KEY).chat("gemini-2.5-flash");
    }

    private GeminiModelFactory gemini(URI server, String key) {
        return GeminiFixture.factory(server, key, 768, executor, CLOCK);
    }

    @Test
    void chat_withoutKey_saysWhichVariableIsMissing() {
        assertThatExceptionOfType(LecternException.class)
                .isThrownBy(() ->
                        gemini(URI.create("http://127.0.0.1:9/v1beta"), "").chat("gemini-2.5-flash"))
                .withMessageContaining("LECTERN_GEMINI_API_KEY");
    }

    @Test
    void write_blockedPrompt_isFilteredAndNotATornStream() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out,
                    "data: {\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},"
                            + "\"usageMetadata\":{\"promptTokenCount\":11,\"totalTokenCount\":11}}\n\n");
        })) {
            assertThat(write(server, Duration.ofSeconds(20)).finish()).isEqualTo(Finish.FILTERED);
        }
    }

    @Override
    ChatModel model(URI server, Duration firstToken, Duration nextToken) {
        return GeminiFixture.factory(server, KEY, 768, firstToken, nextToken, executor, CLOCK)
                .chat("gemini-3.8-flash");
    }

    @Override
    String thought(String text) {
        return piece(text).replace("{\"text\"", "{\"thought\":true,\"text\"");
    }

    @Override
    String piece(String text) {
        return "data: {\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + text
                + "\"}]}}]}\n\n";
    }

    @Override
    String end(Finish finish) {
        String reason = switch (finish) {
            case LENGTH -> "MAX_TOKENS";
            case FILTERED -> "SAFETY";
            case OTHER -> "OTHER";
            case COMPLETE, CANCELLED -> "STOP";
        };
        return "data: {\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"\"}]},\"finishReason\":\""
                + reason
                + "\"}],\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":7,\"totalTokenCount\":18}}\n\n";
    }

    @Test
    void write_endsForAReasonThatNobodyKnows_isAnAnswer() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("A whole answer.") + end(Finish.COMPLETE).replace("STOP", "NEW_REASON"));
        })) {
            assertThat(write(server, Duration.ofSeconds(60)).finish()).isEqualTo(Finish.COMPLETE);
        }
    }
}
