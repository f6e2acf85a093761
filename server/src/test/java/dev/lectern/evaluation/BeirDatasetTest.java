package dev.lectern.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.answering.PastExchange;
import dev.lectern.shared.LecternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeirDatasetTest {
    @TempDir
    private Path folder = Path.of("");

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    @Test
    void corpus_byteOrderMarks_areRemoved() throws IOException {
        write(
                "corpus.jsonl",
                "{\"_id\":\"a\",\"title\":\"T\",\"text\":\"\\ufeffLos Panthers\"}\n\n{\"_id\":\"b\",\"text\":\"x\"}\n");

        assertThat(new BeirDataset(folder).corpus())
                .containsExactly(
                        new BeirDataset.Document("a", "T", "Los Panthers"), new BeirDataset.Document("b", "", "x"));
    }

    @Test
    void questions_gradesByTheirId_headerSkipped() throws IOException {
        write(
                "queries.jsonl",
                "{\"_id\":\"1\",\"text\":\"Who?\",\"metadata\":{\"answers\":[\"me\"]}}\n{\"_id\":\"2\",\"text\":\"What?\"}\n");
        write("qrels.tsv", "query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb\t0\n");

        List<EvaluationQuestion> questions = new BeirDataset(folder).questions();

        assertThat(questions.getFirst().grades()).isEqualTo(Map.of("a", 2, "b", 0));
        assertThat(questions.getFirst().answers()).containsExactly("me");
        assertThat(questions.getFirst().hasRelevant()).isTrue();
        assertThat(questions.getLast().hasRelevant()).isFalse();
    }

    @Test
    void questions_conversation_isPairedIntoExchanges() throws IOException {
        write("queries.jsonl", """
                {"_id":"1","text":"And why?","metadata":{"answerability":"UNANSWERABLE","history":[{"role":"user","content":"A?"},{"role":"assistant","content":"B."},{"role":"user","content":"C?"}]}}
                """);

        EvaluationQuestion evaluationQuestion =
                new BeirDataset(folder).questions().getFirst();

        assertThat(evaluationQuestion.history())
                .containsExactly(new PastExchange("A?", "B."), new PastExchange("C?", ""));
        assertThat(evaluationQuestion.markedUnanswerable()).isTrue();
    }

    @Test
    void questions_markedUnanswerable_isRead() throws IOException {
        write("queries.jsonl", "{\"_id\":\"1\",\"text\":\"Q\",\"metadata\":{\"answerable\":false,\"answers\":[]}}\n");

        assertThat(new BeirDataset(folder).questions().getFirst().markedUnanswerable())
                .isTrue();
    }

    @Test
    void corpus_brokenLine_namesIt() throws IOException {
        write("corpus.jsonl", "{\"_id\":\"a\"}\n{broken\n");

        assertThatThrownBy(() -> new BeirDataset(folder).corpus())
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("Line 2");
    }

    @Test
    void corpus_missingFiles_isEmpty() {
        assertThat(new BeirDataset(folder).corpus()).isEmpty();
        assertThat(new BeirDataset(folder).hasQuestions()).isFalse();
    }
}
