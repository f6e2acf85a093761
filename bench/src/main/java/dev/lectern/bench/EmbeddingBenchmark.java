package dev.lectern.bench;

import dev.lectern.models.EmbeddingModel;
import dev.lectern.models.onnx.OnnxEmbedder;
import dev.lectern.shared.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Measures the bundled embedder: passages of about 200 tokens per second, then many short texts of 1 to 40 words while resident memory is recorded.
 *
 * <pre>java --enable-native-access=ALL-UNNAMED -cp … dev.lectern.bench.EmbeddingBenchmark [short texts, 1000000] [passages, 500]</pre>
 */
final class EmbeddingBenchmark {
    private static final int PASSAGE_WORDS = 155;
    private static final int MAX_SHORT_WORDS = 40;
    private static final int STEPS = 10;
    private static final int BATCH = 200;

    private static final String[] WORDS =
            "the river of a city in which people found that water had been rising over many years and engineers built walls"
                    .split(" ");

    private final Random random = new Random(3);
    private final Clock clock = Clock.systemUTC();

    private EmbeddingBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int texts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int passages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        new EmbeddingBenchmark().run(texts, passages);
    }

    private void run(int texts, int passages) throws IOException {
        Path folder = Files.createTempDirectory("lectern-native");
        try (EmbeddingModel embedder = OnnxEmbedder.bundled(folder, clock)) {
            embed(embedder, 20, PASSAGE_WORDS, PASSAGE_WORDS);
            double seconds = embed(embedder, passages, PASSAGE_WORDS, PASSAGE_WORDS);
            System.out.printf("%.1f passages per second, resident %d MB%n", passages / seconds, residentMegabytes());
            for (int step = 1; step <= STEPS; step++) {
                embed(embedder, texts / STEPS, 1, MAX_SHORT_WORDS);
                System.out.printf("%,d short texts: resident %d MB%n", texts / STEPS * step, residentMegabytes());
            }
        }
    }

    private double embed(EmbeddingModel embedder, int count, int least, int most) {
        long start = System.nanoTime();
        for (int done = 0; done < count; done += BATCH) {
            List<String> batch = new ArrayList<>();
            for (int i = done; i < Math.min(count, done + BATCH); i++) {
                batch.add(text(least + random.nextInt(most - least + 1)));
            }
            embedder.embedPassages(batch, Deadline.in(Duration.ofMinutes(10), clock));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private String text(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString();
    }

    private static long residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }
}
