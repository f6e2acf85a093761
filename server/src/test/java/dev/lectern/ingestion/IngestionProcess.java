package dev.lectern.ingestion;

import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.ModelCallContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A process that ingests a folder until it is killed, and writes down every text that it embeds. */
final class IngestionProcess {
    private IngestionProcess() {}

    /** @param arguments data folder, folder of documents, file for the texts that were embedded, then settings */
    public static void main(String[] arguments) throws Exception {
        Path log = Path.of(arguments[2]);
        IngestionFixture ingestionFixture = IngestionFixture.openWithLucene(
                Path.of(arguments[0]),
                logging(log, 5),
                new LineParser(),
                Arrays.copyOfRange(arguments, 3, arguments.length));
        ingestionFixture.sources.scan(
                TestAccess.OPERATOR,
                ingestionFixture
                        .sources
                        .addFolder(TestAccess.OPERATOR, Path.of(arguments[1]), CollectionId.DEFAULT)
                        .id(),
                false);
        new CountDownLatch(1).await();
    }

    /** @param millis time for one text */
    static CountingEmbedder logging(Path log, long millis) {
        return new CountingEmbedder("counting") {
            @Override
            public List<float[]> embedPassages(List<String> passages, ModelCallContext context, Deadline deadline) {
                try {
                    Thread.sleep(millis * passages.size());
                    Files.write(
                            log,
                            passages.stream()
                                    .map(text -> Integer.toHexString(text.hashCode()))
                                    .toList(),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
                return super.embedPassages(passages, context, deadline);
            }
        };
    }
}
