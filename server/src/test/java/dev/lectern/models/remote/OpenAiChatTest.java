package dev.lectern.models.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.models.ChatModel;
import dev.lectern.models.ChatReply;
import dev.lectern.models.ChatReply.Finish;
import dev.lectern.models.openai.OpenAiFixture;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenAiChatTest extends ChatServiceContract {

    @Override
    ChatModel model(URI server) {
        return OpenAiFixture.factory(server, KEY, 768, executor, CLOCK).chat("small");
    }

    @Override
    ChatModel model(URI server, Duration firstToken, Duration nextToken) {
        return OpenAiFixture.factory(server, KEY, 768, firstToken, nextToken, executor, CLOCK)
                .chat("small");
    }

    @Override
    String thought(String text) {
        return piece(text).replace("\"content\"", "\"reasoning_content\"");
    }

    @Override
    String piece(String text) {
        return "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + text + "\"}}]}\n\n";
    }

    @Override
    String end(Finish finish) {
        String reason = switch (finish) {
            case LENGTH -> "length";
            case FILTERED -> "content_filter";
            case OTHER -> "tool_calls";
            case COMPLETE, CANCELLED -> "stop";
        };
        return "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\n"
                + "data: {\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}\n\n"
                + "data: [DONE]\n\n";
    }

    @Test
    void write_endsForAReasonThatNobodyKnows_isAnAnswer() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out, piece("A whole answer.") + end(Finish.LENGTH).replace("\"length\"", "\"weird\""));
        })) {
            ChatReply reply = write(server, Duration.ofSeconds(60));
            assertThat(reply.text()).isEqualTo("A whole answer.");
            assertThat(reply.finish()).isEqualTo(Finish.COMPLETE);
        }
    }

    @Test
    void write_doneMarkWithoutAReason_isAnAnswer() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(out, piece("A whole answer.") + "data: [DONE]\n\n");
        })) {
            assertThat(write(server, Duration.ofSeconds(60)).finish()).isEqualTo(Finish.COMPLETE);
        }
    }

    @Test
    void write_reasonWithoutTheDoneMark_isAnAnswer() throws Exception {
        try (ScriptedServer server = new ScriptedServer((n, out) -> {
            ScriptedServer.stream(out);
            ScriptedServer.write(
                    out, piece("A whole answer.") + end(Finish.COMPLETE).replace("data: [DONE]\n\n", ""));
        })) {
            assertThat(write(server, Duration.ofSeconds(60)).finish()).isEqualTo(Finish.COMPLETE);
        }
    }
}
