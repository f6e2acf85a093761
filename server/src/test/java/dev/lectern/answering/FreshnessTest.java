package dev.lectern.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.NeedsServer;
import dev.lectern.TestServer;
import dev.lectern.ingestion.JobService;
import dev.lectern.ingestion.JobService.TextDocument;
import dev.lectern.library.Document;
import dev.lectern.library.DocumentFilter;
import dev.lectern.library.Documents;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.CollectionId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The real server, changed and asked at random while others ask all the time: whatever was acknowledged as replaced or deleted before a question came in
 * is in no answer to it. Every version of a document has a word of its own. More sequences than the few of every build: {@code
 * -Dlectern.freshness.sequences=1000}.
 */
@NeedsServer
@Timeout(3600)
class FreshnessTest {
    /** Without the property as many as there is time for. */
    private static final int SEQUENCES = Integer.getInteger("lectern.freshness.sequences", 0);

    private static final int FEWEST = 3;
    private static final Duration TIME = Duration.ofSeconds(8);
    private static final int STEPS = 5;
    private static final int READERS = 2;
    private static final List<String> THINGS = List.of("tower", "bridge", "garden", "harbour");
    private static final Pattern WORD = Pattern.compile("code(\\d+)x");

    private static TestServer server;

    /** The words of the present versions, and those that were acknowledged as gone. */
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    private final @Nullable String[] present = new @Nullable String[THINGS.size()];
    private final AtomicInteger versions = new AtomicInteger();
    private final AtomicInteger verifiedAnswers = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start(List.of("lectern.retrieval.search-timeout=60s"));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void randomSequences_neverShowWhatIsGone() throws Exception {
        Random random = new Random(20_261_122);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> reading = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Random own = new Random(i);
                reading.add(readers.submit(() -> {
                    while (!over.get()) {
                        askAndVerify(own.nextInt(THINGS.size()), own.nextInt(3));
                        Thread.sleep(own.nextInt(20));
                    }
                    return null;
                }));
            }
            try {
                long until = System.nanoTime() + TIME.toNanos();
                for (int done = 0;
                        done < Math.max(FEWEST, SEQUENCES) || (SEQUENCES == 0 && System.nanoTime() < until);
                        done++) {
                    sequence(random);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> each : reading) {
                each.get();
            }
        }
        String metrics = server.get("/metrics").body();
        assertThat(hits(metrics, "answer")).as("answers given again").isPositive();
        assertThat(hits(metrics, "search")).as("searches given again").isPositive();
        assertThat(hits(metrics, "question_embedding")).isPositive();
        assertThat(gone).hasSizeGreaterThanOrEqualTo(FEWEST);
        assertThat(verifiedAnswers).hasValueGreaterThan(FEWEST * STEPS);
    }

    private void sequence(Random random) throws Exception {
        for (int step = 0; step < STEPS; step++) {
            int thing = random.nextInt(THINGS.size());
            switch (random.nextInt(5)) {
                case 0 -> put(thing);
                case 1 -> delete(thing);
                default -> askAndVerify(thing, random.nextInt(3));
            }
        }
        int last = random.nextInt(THINGS.size());
        put(last);
        String shown = askAndVerify(last, 0);
        assertThat(words(shown)).as("what was just acknowledged is found").contains(present[last]);
    }

    private void put(int thing) throws InterruptedException {
        String word = "code" + versions.incrementAndGet() + "x";
        String text = "The secret code of the %s is %s. It is written on the door.".formatted(THINGS.get(thing), word);
        JobService jobService = server.bean(JobService.class);
        var job = jobService.await(
                TestAccess.OPERATOR,
                jobService.addTexts(
                        TestAccess.OPERATOR,
                        CollectionId.DEFAULT,
                        List.of(new TextDocument(THINGS.get(thing), THINGS.get(thing), text))),
                Duration.ofSeconds(30));
        assertThat(job.status().isFinal()).isTrue();
        acknowledged(thing, word);
    }

    private void delete(int thing) throws Exception {
        if (present[thing] == null) {
            return;
        }
        Document document = server
                .bean(Documents.class)
                .page(TestAccess.OPERATOR, CollectionId.DEFAULT, new DocumentFilter(null, null, null, 200))
                .items()
                .stream()
                .filter(one -> one.title().equals(THINGS.get(thing)))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> deleted = server.send(
                server.request("/api/v1/documents/" + document.id().value()).DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        acknowledged(thing, null);
    }

    private void acknowledged(int thing, @Nullable String word) {
        String before = present[thing];
        if (before != null) {
            gone.add(before);
        }
        present[thing] = word;
    }

    /** Asks, and looks whether something is shown that was gone before. */
    private String askAndVerify(int thing, int way) throws Exception {
        Set<String> goneBefore = new TreeSet<>(gone);
        String question = "What is the secret code of the " + THINGS.get(thing) + "?";
        HttpResponse<String> answer = switch (way) {
            case 0 -> server.post("/api/v1/search", "{\"query\":\"" + question + "\"}");
            case 1 -> server.post("/api/v1/ask", "{\"question\":\"" + question + "\"}");
            default -> server.post("/api/v1/ask", "{\"question\":\"" + question + "\",\"stream\":true}");
        };
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Set<String> stale = words(answer.body());
        stale.retainAll(goneBefore);
        assertThat(stale).as("stale in %s", answer.body()).isEmpty();
        verifiedAnswers.incrementAndGet();
        return answer.body();
    }

    private static Set<String> words(String body) {
        Matcher matcher = WORD.matcher(body);
        return matcher.results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static double hits(String metrics, String cache) {
        return Arrays.stream(metrics.split("\n"))
                .filter(line -> line.startsWith("lectern_cache_requests_total{cache=\"" + cache + "\",result=\"hit\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
