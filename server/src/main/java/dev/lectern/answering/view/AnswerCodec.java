package dev.lectern.answering.view;

import dev.lectern.answering.Answer;
import dev.lectern.answering.Citation;
import dev.lectern.answering.FoundPassage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts answers to the JSON that the database stores, and back. Found passages are stored without their text, which is read from the library when it is
 * shown.
 */
final class AnswerCodec {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AnswerCodec() {}

    static String write(Answer answer) {
        List<FoundPassage> nearest =
                answer.nearest().stream().map(passage -> withText(passage, "", null)).toList();
        return JSON.writeValueAsString(with(answer, answer.text(), answer.citations(), nearest));
    }

    static String write(List<FoundPassage> passages) {
        return JSON.writeValueAsString(
                passages.stream().map(passage -> withText(passage, "", null)).toList());
    }

    static List<FoundPassage> readPassages(String json) {
        return List.of(JSON.readValue(json, FoundPassage[].class));
    }

    static Answer read(String json) {
        return JSON.readValue(json, Answer.class);
    }

    static FoundPassage withText(FoundPassage passage, String text, @Nullable String displayText) {
        return new FoundPassage(
                passage.passage(),
                passage.document(),
                passage.title(),
                passage.uri(),
                passage.page(),
                passage.headings(),
                text,
                displayText,
                passage.start(),
                passage.end(),
                passage.score());
    }

    static Answer with(Answer answer, String text, List<Citation> citations, List<FoundPassage> nearest) {
        return new Answer(
                answer.id(),
                answer.status(),
                answer.reason(),
                text,
                citations,
                answer.unsupported(),
                answer.model(),
                answer.cached(),
                answer.usage(),
                answer.timings(),
                nearest,
                answer.searched(),
                answer.fallback(),
                answer.truncated());
    }
}
