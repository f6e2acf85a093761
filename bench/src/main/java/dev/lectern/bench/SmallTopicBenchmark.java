package dev.lectern.bench;

import dev.lectern.index.IndexSearchProperties;
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
 * Recall and time of the search by embeddings in Lucene for questions about small topics beside large ones: as above LECTERN_INDEX_EXACT_PASSAGES, and as below. The
 * embeddings are generated: a large collection of broad topics, and 240 passages of 20 narrow topics that lie apart from it.
 *
 * <pre>java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp … dev.lectern.bench.SmallTopicBenchmark [passages…]</pre>
 */
final class SmallTopicBenchmark {
    private static final int DIMENSIONS = 384;
    private static final int SMALL = 240;
    private static final int SMALL_TOPICS = 20;
    private static final int BROAD_TOPICS = 500;
    private static final int BATCH = 2_000;
    private static final int HITS = 100;
    private static final int TOP = 10;
    private static final int ROUNDS = 3;

    private final Random random = new Random(11);
    private final Clock clock = Clock.systemUTC();
    private final SearchScope everything = SearchScope.of(CollectionAccess.readable(
            SystemTask.MAINTENANCE, Set.of(new CollectionId("large"), new CollectionId("small"))));

    private SmallTopicBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        List<String> sizes = arguments.length > 0 ? List.of(arguments) : List.of("8000", "30000", "100000");
        for (String size : sizes) {
            new SmallTopicBenchmark().run(Integer.parseInt(size));
        }
    }

    private void run(int count) throws Exception {
        Path folder = Files.createTempDirectory("lectern-bench");
        EmbedderFingerprint fingerprint = new EmbedderFingerprint("bench", DIMENSIONS, "", "", "cls", true);
        List<IndexedPassage> passages = passages(count);
        try {
            try (PassageIndex index =
                    LucenePassageIndex.open(folder, fingerprint, new IndexSearchProperties(0), clock)) {
                for (int from = 0; from < count; from += BATCH) {
                    index.add(passages.subList(from, Math.min(count, from + BATCH)));
                }
                report(count, "above the exact limit", index, passages);
            }
            try (PassageIndex index =
                    LucenePassageIndex.open(folder, fingerprint, new IndexSearchProperties(1_000_000), clock)) {
                report(count, "exact", index, passages);
            }
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private List<IndexedPassage> passages(int count) {
        float[] origin = gaussian(1);
        float[][] broad = new float[BROAD_TOPICS][];
        Arrays.setAll(broad, i -> sum(origin, gaussian(0.8)));
        float[][] narrow = new float[SMALL_TOPICS][];
        Arrays.setAll(narrow, i -> sum(origin, gaussian(1.2)));
        List<IndexedPassage> passages = new ArrayList<>();
        for (int i = 0; i < count - SMALL; i++) {
            passages.add(passage("l" + i, "large", sum(broad[random.nextInt(BROAD_TOPICS)], gaussian(0.6))));
        }
        List<IndexedPassage> small = new ArrayList<>();
        for (int i = 0; i < SMALL; i++) {
            small.add(passage("s" + i, "small", sum(narrow[i % SMALL_TOPICS], gaussian(0.5))));
        }
        passages.addAll(passages.size() / 2, small);
        return passages;
    }

    private static IndexedPassage passage(String id, String collection, float[] vector) {
        return new IndexedPassage(
                new PassageId(id),
                new CollectionId(collection),
                new DocumentId(id),
                1,
                "en",
                "",
                List.of(),
                "",
                normalized(vector));
    }

    private void report(int count, String name, PassageIndex index, List<IndexedPassage> passages) {
        List<IndexedPassage> small = passages.stream()
                .filter(passage -> passage.collection().value().equals("small"))
                .toList();
        List<Double> millis = new ArrayList<>();
        int nearest = 0;
        int top = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (IndexedPassage about : small) {
                float[] question = normalized(sum(about.embedding(), scaled(normalized(gaussian(1)), 0.6)));
                long start = System.nanoTime();
                List<SearchHit> found =
                        index.dense(question, everything, HITS, Deadline.in(Duration.ofSeconds(10), clock));
                if (round > 0) {
                    millis.add((System.nanoTime() - start) / 1e6);
                } else {
                    Set<String> hits = new HashSet<>();
                    found.forEach(hit -> hits.add(hit.passage().value()));
                    List<String> exact = exact(question, passages);
                    nearest += hits.contains(exact.getFirst()) ? 1 : 0;
                    top += (int) exact.stream().filter(hits::contains).count();
                }
            }
        }
        millis.sort(Comparator.naturalOrder());
        System.out.printf(
                "%,d passages, %s: the nearest among %d hits %.1f %%, the nearest ten %.1f %%; p50 %.2f ms, p95 %.2f ms%n",
                count,
                name,
                HITS,
                100.0 * nearest / SMALL,
                100.0 * top / (SMALL * TOP),
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 95 / 100));
    }

    private static List<String> exact(float[] question, List<IndexedPassage> passages) {
        record Scored(String passage, double score) {}
        return passages.stream()
                .map(passage -> new Scored(passage.id().value(), dot(question, passage.embedding())))
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(TOP)
                .map(Scored::passage)
                .toList();
    }

    private float[] gaussian(double spread) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) (spread * random.nextGaussian());
        }
        return vector;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static float[] scaled(float[] vector, double factor) {
        float[] scaled = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            scaled[i] = (float) (factor * vector[i]);
        }
        return scaled;
    }

    private static float[] normalized(float[] vector) {
        return scaled(vector, 1 / Math.sqrt(dot(vector, vector)));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
