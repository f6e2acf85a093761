package dev.lectern.bench;

import dev.lectern.index.IndexedPassage;
import dev.lectern.index.PassageIndex;
import dev.lectern.index.SearchHit;
import dev.lectern.index.SearchScope;
import dev.lectern.index.lucene.LucenePassageIndex;
import dev.lectern.security.CollectionAccess;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.PassageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Measures lexical and dense search, one after the other on one thread, over 100,000 passages of some 120 words with clustered embeddings of 384 dimensions; words
 * are drawn as in natural text (Zipf), questions have eight. Measures without the question's embedding, and recall of the embedding leg against
 * comparing all. First while the index has many segments, then after consolidation.
 *
 * <pre>java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp … dev.lectern.bench.SearchBenchmark [passages]</pre>
 */
final class SearchBenchmark {
    private static final int DIMENSIONS = 384;
    private static final int CLUSTERS = 2_000;
    private static final double SPREAD = 0.6;
    private static final int VOCABULARY = 50_000;
    private static final int WORDS = 120;
    private static final int BATCH = 2_000;
    private static final int WARM_UP = 1_000;
    private static final int QUESTIONS = 1_000;
    private static final int QUESTION_WORDS = 8;
    private static final int CANDIDATES = 100;
    private static final int CHECKED = 200;
    private static final int TOP = 10;

    private final Random random = new Random(7);
    private final float[][] centres = new float[CLUSTERS][];
    private final Clock clock = Clock.systemUTC();
    private final SearchScope one =
            SearchScope.of(CollectionAccess.readable(SystemTask.MAINTENANCE, Set.of(new CollectionId("c0"))));
    private final SearchScope all = SearchScope.of(
            CollectionAccess.readable(SystemTask.MAINTENANCE, Set.of(new CollectionId("c0"), new CollectionId("c1"))));

    private SearchBenchmark() {
        Arrays.setAll(centres, i -> gaussian(1));
    }

    public static void main(String[] arguments) throws Exception {
        new SearchBenchmark().run(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000);
    }

    private void run(int count) throws Exception {
        Path folder = Files.createTempDirectory("lectern-bench");
        EmbedderFingerprint fingerprint = new EmbedderFingerprint("bench", DIMENSIONS, "", "", "cls", true);
        try (PassageIndex index = LucenePassageIndex.open(folder, fingerprint, clock)) {
            float[][] vectors = fill(index, count);
            report("just indexed", index, all, vectors);
            awaitRest(folder);
            report("both collections", index, all, vectors);
            report("one of two collections", index, one, vectors);
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** When nothing has been written for a while, the index makes one part of its many. */
    private static void awaitRest(Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long parts;
        do {
            Thread.sleep(500);
            try (var files = Files.list(folder)) {
                parts = files.filter(file -> file.toString().endsWith(".si")).count();
            }
        } while (parts > 1);
        System.out.printf("consolidated into one segment after %.1f s%n", (System.nanoTime() - start) / 1e9);
    }

    private float[][] fill(PassageIndex index, int count) {
        float[][] vectors = new float[count][];
        long start = System.nanoTime();
        for (int begin = 0; begin < count; begin += BATCH) {
            List<IndexedPassage> batch = new ArrayList<>();
            for (int i = begin; i < Math.min(count, begin + BATCH); i++) {
                vectors[i] = embedding();
                batch.add(new IndexedPassage(
                        new PassageId("p" + i),
                        new CollectionId("c" + i % 2),
                        new DocumentId("d" + i / 20),
                        1,
                        "en",
                        "title " + word(),
                        List.of(),
                        words(WORDS),
                        vectors[i]));
            }
            index.add(batch);
        }
        System.out.printf("indexed %,d passages in %.1f s%n", count, (System.nanoTime() - start) / 1e9);
        return vectors;
    }

    private void report(String name, PassageIndex index, SearchScope searchScope, float[][] vectors) {
        double[] lexical = new double[QUESTIONS];
        double[] dense = new double[QUESTIONS];
        double[] both = new double[QUESTIONS];
        for (int i = -WARM_UP; i < QUESTIONS; i++) {
            String question = words(QUESTION_WORDS);
            float[] embedding = embedding();
            long start = System.nanoTime();
            index.lexical(question, searchScope, CANDIDATES, soon());
            long middle = System.nanoTime();
            index.dense(embedding, searchScope, CANDIDATES, soon());
            long end = System.nanoTime();
            if (i >= 0) {
                lexical[i] = (middle - start) / 1e6;
                dense[i] = (end - middle) / 1e6;
                both[i] = (end - start) / 1e6;
            }
        }
        System.out.printf("%s: recall@%d %.4f%n", name, TOP, recall(index, searchScope, vectors));
        percentiles("  words", lexical);
        percentiles("  embeddings", dense);
        percentiles("  both", both);
    }

    private static void percentiles(String name, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "%s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%n",
                name, millis[millis.length / 2], millis[millis.length * 95 / 100], millis[millis.length * 99 / 100]);
    }

    private double recall(PassageIndex index, SearchScope searchScope, float[][] vectors) {
        int found = 0;
        boolean half = searchScope.collections().ids().size() == 1;
        for (int question = 0; question < CHECKED; question++) {
            float[] embedding = embedding();
            Set<String> exact = new HashSet<>();
            record Scored(int passage, double score) {}
            List<Scored> scored = new ArrayList<>();
            for (int i = 0; i < vectors.length; i += half ? 2 : 1) {
                scored.add(new Scored(i, dot(embedding, vectors[i])));
            }
            scored.sort(Comparator.comparingDouble(Scored::score).reversed());
            scored.subList(0, TOP).forEach(each -> exact.add("p" + each.passage()));
            for (SearchHit searchHit : index.dense(embedding, searchScope, TOP, soon())) {
                found += exact.contains(searchHit.passage().value()) ? 1 : 0;
            }
        }
        return found / (double) (CHECKED * TOP);
    }

    private Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10), clock);
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(word()).append(' ');
        }
        return text.toString();
    }

    private String word() {
        return "w" + (int) Math.pow(VOCABULARY, random.nextDouble());
    }

    private float[] embedding() {
        float[] vector = centres[random.nextInt(CLUSTERS)].clone();
        float[] noise = gaussian(SPREAD);
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] += noise[i];
        }
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    private float[] gaussian(double spread) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (spread * random.nextGaussian());
        }
        return vector;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
