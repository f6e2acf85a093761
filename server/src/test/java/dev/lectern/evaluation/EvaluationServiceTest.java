package dev.lectern.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsServer
class EvaluationServiceTest {
    @TempDir
    private Path folder;

    @Test
    void evaluate_again_countsTheDocumentsOfTheEarlierRun() throws Exception {
        Files.write(
                folder.resolve("corpus.jsonl"),
                List.of(
                        "{\"_id\":\"1\",\"title\":\"Tower\",\"text\":\"The tower is 30 metres high.\"}",
                        "{\"_id\":\"2\",\"title\":\"Bridge\",\"text\":\"The bridge is 90 metres long.\"}"));
        Files.write(folder.resolve("queries.jsonl"), List.of("{\"_id\":\"q\",\"text\":\"How high is the tower?\"}"));
        Files.write(folder.resolve("qrels.tsv"), List.of("query-id\tcorpus-id\tscore", "q\t1\t1"));
        EvaluationRequest request = new EvaluationRequest(List.of(folder), List.of(), 1, false);
        try (TestServer server = TestServer.start()) {
            EvaluationService service = server.bean(EvaluationService.class);
            for (int run = 0; run < 2; run++) {
                List<String> progress = new ArrayList<>();
                service.evaluate(request, progress::add);
                assertThat(progress).contains("Indexed 2 documents").doesNotContain("Indexed 0 documents");
            }
        }
    }
}
