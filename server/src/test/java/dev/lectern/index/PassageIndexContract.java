package dev.lectern.index;

import static dev.lectern.index.IndexedPassageFixtures.COLLECTION;
import static dev.lectern.index.IndexedPassageFixtures.DIMENSIONS;
import static dev.lectern.index.IndexedPassageFixtures.FINGERPRINT;
import static dev.lectern.index.IndexedPassageFixtures.axis;
import static dev.lectern.index.IndexedPassageFixtures.clustered;
import static dev.lectern.index.IndexedPassageFixtures.degrees;
import static dev.lectern.index.IndexedPassageFixtures.dot;
import static dev.lectern.index.IndexedPassageFixtures.embedded;
import static dev.lectern.index.IndexedPassageFixtures.in;
import static dev.lectern.index.IndexedPassageFixtures.labelled;
import static dev.lectern.index.IndexedPassageFixtures.language;
import static dev.lectern.index.IndexedPassageFixtures.passage;
import static dev.lectern.index.IndexedPassageFixtures.titled;
import static dev.lectern.index.IndexedPassageFixtures.topical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lectern.security.TestAccess;
import dev.lectern.shared.AccessLabels;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.PassageId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract tests of {@link PassageIndex}: at least one test for each sentence of its documentation. They use the interface only. */
@SuppressWarnings("NullAway.Init")
public abstract class PassageIndexContract {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final SearchScope ALL = scope(COLLECTION.value());
    private static final EmbedderFingerprint OTHER = new EmbedderFingerprint("other", 3, "", "", "mean", true);
    private static final float[] OTHER_AXIS = {0, 1, 0};

    private PassageIndex index;

    /** The index of a fingerprint, empty at the first call in a test; later calls open what the earlier ones left. */
    protected abstract PassageIndex open(EmbedderFingerprint fingerprint) throws Exception;

    /** Opens what would be there if the process were killed now, with the index of {@link IndexedPassageFixtures#FINGERPRINT} open. */
    protected abstract PassageIndex openAfterKill() throws Exception;

    /** What {@link #open} opens with the fingerprint of {@link IndexedPassageFixtures}, but searching exactly only up to so many passages. */
    protected abstract PassageIndex openSearchingExactly(int exactPassages) throws Exception;

    /** Passages that are added at once, and among which recall is measured. Fewer are enough for showing that a test notices a mistake. */
    protected int most() {
        return 10_000;
    }

    private PassageIndex open() throws Exception {
        return open(FINGERPRINT);
    }

    @BeforeEach
    final void openIndex() throws Exception {
        index = open();
    }

    @AfterEach
    final void closeIndex() {
        index.close();
    }

    private static SearchScope scope(String... collections) {
        return SearchScope.of(TestAccess.readable(
                new HashSet<>(Arrays.stream(collections).map(CollectionId::new).toList())));
    }

    /** What a caller with these labels may see of a collection. */
    private static SearchScope visible(String collection, String... labels) {
        return SearchScope.of(
                TestAccess.readable(Set.of(new CollectionId(collection)), AccessLabels.of(Set.of(labels))));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1), CLOCK);
    }

    private static Deadline past() {
        return Deadline.in(Duration.ofSeconds(-1), CLOCK);
    }

    private List<String> words(String question) {
        return ids(index.lexical(question, ALL, 10, soon()));
    }

    private List<String> words(String question, SearchScope searchScope) {
        return ids(index.lexical(question, searchScope, 10, soon()));
    }

    private List<String> near(float[] embedding, SearchScope searchScope, int limit) {
        return ids(index.dense(embedding, searchScope, limit, soon()));
    }

    private static List<String> ids(List<SearchHit> hits) {
        return hits.stream().map(searchHit -> searchHit.passage().value()).toList();
    }

    private static void assertCode(Runnable action, ErrorCode code) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    // fingerprint

    @Test
    void fingerprint_isTheOneItWasOpenedWith() {
        assertThat(index.fingerprint()).isEqualTo(FINGERPRINT);
    }

    @Test
    void fingerprint_another_isAnIndexOfItsOwn() throws Exception {
        index.add(List.of(passage("a", "cat")));
        try (PassageIndex other = open(OTHER)) {
            assertThat(other.fingerprint()).isEqualTo(OTHER);
            assertThat(other.count(ALL)).isZero();
            other.add(List.of(embedded(passage("b", "cat"), OTHER_AXIS)));
            assertThat(ids(other.lexical("cat", ALL, 10, soon()))).containsExactly("b");
            assertThat(ids(other.dense(OTHER_AXIS, ALL, 10, soon()))).containsExactly("b");
        }
        assertThat(words("cat")).containsExactly("a");
    }

    @Test
    void fingerprint_switchedUnderLoad_noSearchFailsOrMixes() throws Exception {
        int passages = 200;
        index.add(IntStream.range(0, passages)
                .mapToObj(i -> passage("old" + i, "cat"))
                .toList());
        AtomicReference<PassageIndex> present = new AtomicReference<>(index);
        AtomicBoolean asking = new AtomicBoolean(true);
        try (PassageIndex next = open(OTHER);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<Integer>> readers = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> askWhile(asking, present)))
                    .toList();
            try {
                for (int i = 0; i < passages; i += 20) {
                    next.add(IntStream.range(i, i + 20)
                            .mapToObj(j -> embedded(passage("new" + j, "cat"), OTHER_AXIS))
                            .toList());
                }
                present.set(next);
                Thread.sleep(50);
            } finally {
                asking.set(false);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            assertThat(ids(next.lexical("cat", ALL, 1_000, soon())))
                    .hasSize(passages)
                    .allMatch(id -> id.startsWith("new"));
        }
    }

    private static int askWhile(AtomicBoolean asking, AtomicReference<PassageIndex> present)
            throws InterruptedException {
        int asked = 0;
        do {
            PassageIndex used = present.get();
            boolean old = used.fingerprint().equals(FINGERPRINT);
            List<String> found = new ArrayList<>(ids(used.lexical("cat", ALL, 20, soon())));
            found.addAll(ids(used.dense(old ? axis(0) : OTHER_AXIS, ALL, 20, soon())));
            assertThat(found).hasSize(40).allMatch(id -> id.startsWith(old ? "old" : "new"));
            asked++;
            Thread.sleep(1);
        } while (asking.get());
        return asked;
    }

    // add

    @Test
    void add_whenItReturns_isFoundByBothLegs() {
        index.add(List.of(passage("a.1.0", "A cat sat on the mat.")));
        assertThat(words("cats")).containsExactly("a.1.0");
        assertThat(near(axis(0), ALL, 10)).containsExactly("a.1.0");
    }

    @Test
    void add_whenItReturns_isDurable() throws Exception {
        index.add(List.of(passage("a", "cat")));
        index.close();
        index = open();
        assertThat(words("cat")).containsExactly("a");
        assertThat(index.count(ALL)).isOne();
    }

    @Test
    void add_killedAfterIt_isThere() throws Exception {
        index.add(List.of(passage("a", "cat")));
        try (PassageIndex after = openAfterKill()) {
            assertThat(ids(after.lexical("cat", ALL, 10, soon()))).containsExactly("a");
        }
    }

    @Test
    void add_sameId_replaces() {
        index.add(List.of(passage("a", "cat")));
        index.add(List.of(embedded(passage("a", "dog"), axis(1))));
        assertThat(words("cat")).isEmpty();
        assertThat(words("dog")).containsExactly("a");
        assertThat(index.dense(axis(1), ALL, 1, soon()).getFirst().score()).isCloseTo(1, within(1e-3f));
        assertThat(index.count(ALL)).isOne();
    }

    @Test
    void add_sameIdTwiceInOneCall_keepsTheLast() {
        index.add(List.of(passage("a", "cat"), passage("a", "dog")));
        assertThat(index.count(ALL)).isOne();
        assertThat(words("dog")).containsExactly("a");
    }

    @Test
    void add_again_isHarmless() {
        List<IndexedPassage> passages = List.of(passage("a", "cat"), passage("b", "dog"));
        index.add(passages);
        index.add(passages);
        assertThat(index.count(ALL)).isEqualTo(2);
    }

    @Test
    void add_nothing_doesNothing() {
        assertThatCode(() -> index.add(List.of())).doesNotThrowAnyException();
    }

    @Test
    void add_theMostAtOnce_findsThemAll() {
        Random random = new Random(1);
        index.add(IntStream.range(0, most())
                .mapToObj(i -> embedded(passage("p" + i, "number" + i + " of many"), clustered(random)))
                .toList());
        assertThat(index.count(ALL)).isEqualTo(most());
        int one = most() * 3 / 4;
        assertThat(words("number" + one)).containsExactly("p" + one);
        int found = Math.min(1_000, most());
        assertThat(index.lexical("many", ALL, 1_000, soon())).hasSize(found);
        assertThat(index.dense(clustered(random), ALL, 1_000, soon())).hasSize(found);
    }

    @Test
    void add_moreThanTheMost_isRefused() {
        List<IndexedPassage> many =
                IntStream.range(0, 10_001).mapToObj(i -> passage("p" + i, "")).toList();
        assertThatThrownBy(() -> index.add(many)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void add_otherDimensions_isRefusedWhole() {
        List<IndexedPassage> passages =
                List.of(passage("a", "cat"), embedded(passage("b", "cat"), new float[DIMENSIONS + 1]));
        assertThatThrownBy(() -> index.add(passages)).isInstanceOf(IllegalArgumentException.class);
        assertThat(index.count(ALL)).isZero();
    }

    @Test
    void add_embedding_isNeitherKeptNorChanged() {
        float[] embedding = axis(3);
        index.add(List.of(embedded(passage("a", "cat"), embedding)));
        assertThat(embedding).containsExactly(axis(3));
        embedding[3] = -1;
        assertThat(index.dense(axis(3), ALL, 1, soon()).getFirst().score()).isCloseTo(1, within(1e-3f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\n ", "\u0000", "\uD83D", "!?…", "🎉🎉", "a\uDC00b"})
    void add_textWithoutWords_isFoundByItsEmbedding(String text) {
        index.add(List.of(passage("a", text)));
        assertThat(near(axis(0), ALL, 10)).containsExactly("a");
    }

    @Test
    void add_largeTexts_areSearchedToTheirEnds() {
        String text = "filler words that repeat ".repeat(4_000);
        index.add(IntStream.range(0, 20)
                .mapToObj(i -> passage("p" + i, text + "ending" + i))
                .toList());
        assertThat(words("ending17")).containsExactly("p17");
        index.add(List.of(passage("long", "x".repeat(1_000_000)), passage("none", "一".repeat(100_000))));
        assertThat(index.count(ALL)).isEqualTo(22);
    }

    // delete

    @Test
    void delete_whenItReturns_isGoneAlsoAfterReopening() throws Exception {
        index.add(List.of(passage("a", "cat"), in(passage("b", "cat"), "default", "other", 1)));
        index.delete(List.of(new PassageSelection.OfDocument(new DocumentId("d"))));
        assertThat(words("cat")).containsExactly("b");
        assertThat(near(axis(0), ALL, 10)).containsExactly("b");
        assertThat(index.count(ALL)).isOne();
        index.close();
        index = open();
        assertThat(words("cat")).containsExactly("b");
    }

    @Test
    void delete_killedAfterIt_isGone() throws Exception {
        index.add(List.of(passage("a", "cat"), in(passage("b", "cat"), "default", "other", 1)));
        index.delete(List.of(new PassageSelection.OfDocument(new DocumentId("d"))));
        try (PassageIndex after = openAfterKill()) {
            assertThat(ids(after.lexical("cat", ALL, 10, soon()))).containsExactly("b");
        }
    }

    @Test
    void delete_collection_leavesTheOthers() {
        index.add(List.of(in(passage("a", "cat"), "one", "x", 1), in(passage("b", "cat"), "two", "y", 1)));
        index.delete(List.of(new PassageSelection.OfCollection(new CollectionId("one"))));
        assertThat(words("cat", scope("one", "two"))).containsExactly("b");
    }

    @Test
    void delete_versionsBefore_leavesThatAndLaterOnes() {
        addVersions();
        index.delete(List.of(new PassageSelection.OfVersionsBefore(new DocumentId("x"), 3)));
        assertThat(words("cat")).containsExactlyInAnyOrder("x3", "x4", "y1");
    }

    @Test
    void delete_oneVersion_leavesTheOthers() {
        addVersions();
        index.delete(List.of(new PassageSelection.OfVersion(new DocumentId("x"), 3)));
        assertThat(words("cat")).containsExactlyInAnyOrder("x1", "x2", "x4", "y1");
    }

    private void addVersions() {
        index.add(IntStream.rangeClosed(1, 4)
                .mapToObj(version -> in(passage("x" + version, "cat"), "default", "x", version))
                .toList());
        index.add(List.of(in(passage("y1", "cat"), "default", "y", 1)));
    }

    @Test
    void delete_severalSelections_areAllDone() {
        addVersions();
        index.delete(List.of(
                new PassageSelection.OfVersionsBefore(new DocumentId("x"), 2),
                new PassageSelection.OfVersion(new DocumentId("x"), 4),
                new PassageSelection.OfDocument(new DocumentId("y"))));
        assertThat(words("cat")).containsExactlyInAnyOrder("x2", "x3");
    }

    @Test
    void delete_whatIsNotThere_doesNothing() {
        index.add(List.of(passage("a", "cat")));
        index.delete(List.of());
        index.delete(List.of(
                new PassageSelection.OfDocument(new DocumentId("unknown")),
                new PassageSelection.OfCollection(new CollectionId("unknown")),
                new PassageSelection.OfVersionsBefore(new DocumentId("d"), 1),
                new PassageSelection.OfVersion(new DocumentId("d"), 2)));
        assertThat(words("cat")).containsExactly("a");
    }

    @Test
    void delete_thenAddAgain_isFound() {
        index.add(List.of(passage("a", "cat")));
        index.delete(List.of(new PassageSelection.OfDocument(new DocumentId("d"))));
        index.add(List.of(passage("a", "cat")));
        assertThat(words("cat")).containsExactly("a");
    }

    // lexical

    @Test
    void lexical_moreSharedWords_comeFirst() {
        index.add(List.of(
                passage("none", "Nothing of interest here."),
                passage("one", "The river is long."),
                passage("two", "The river flooded the valley.")));
        assertThat(words("flooded river")).containsExactly("two", "one");
    }

    @Test
    void lexical_rareWords_countMore() {
        List<IndexedPassage> passages = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> passages.add(passage("common" + i, "river water")));
        passages.add(passage("rare", "axolotl water"));
        index.add(passages);
        assertThat(words("river axolotl").getFirst()).isEqualTo("rare");
    }

    @Test
    void lexical_titleAndHeadings_areSearched() {
        index.add(List.of(
                titled(passage("titled", "Nothing."), "Migratory birds", List.of()),
                titled(passage("headed", "Nothing."), "", List.of("Animals", "Wolves"))));
        assertThat(words("bird")).containsExactly("titled");
        assertThat(words("wolves animals")).containsExactly("headed");
    }

    @Test
    void lexical_equalScores_areInTheOrderOfIds() {
        List<IndexedPassage> passages = new ArrayList<>();
        for (int i = 24; i >= 0; i--) {
            passages.add(passage("p%02d".formatted((i * 7) % 25), "the same words"));
        }
        passages.forEach(each -> index.add(List.of(each)));
        assertThat(words("same words"))
                .isEqualTo(IntStream.range(0, 10).mapToObj("p%02d"::formatted).toList());
    }

    @Test
    void lexical_hit_saysWhatItBelongsTo() {
        index.add(List.of(language(in(passage("a", "Katze"), "default", "x", 7), "de")));
        SearchHit searchHit = index.lexical("Katze", ALL, 1, soon()).getFirst();
        assertThat(searchHit.passage()).isEqualTo(new PassageId("a"));
        assertThat(searchHit.document()).isEqualTo(new DocumentId("x"));
        assertThat(searchHit.version()).isEqualTo(7);
        assertThat(searchHit.language()).isEqualTo("de");
        assertThat(searchHit.score()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "en, The children were running, child runs",
        "de, Die Häuser der Städte, Haus Stadt",
        "es, Las canciones de los niños, canción niño",
        "fr, Les chevaux du roi, cheval",
        "zh, 北京是中国的首都, 中国首都",
        "ja, 東京は日本の首都です, 日本の首都",
        "ko, 서울은 대한민국의 수도이다, 대한민국",
        "ru, Столица России, столицы",
        "ar, عاصمة مصر هي القاهرة, القاهرة",
        "th, กรุงเทพเป็นเมืองหลวง, เมืองหลวง",
        "vi, Hà Nội là thủ đô, thủ đô",
        "und, Ærøskøbing naïve CAFÉ, cafe naive",
        "xx, unknown codes too, codes"
    })
    void lexical_byLanguage_findsOtherForms(String language, String text, String question) {
        index.add(List.of(
                language(passage("a", text), language),
                language(passage("b", "Something else entirely, zzz"), "en"),
                language(passage("c", "Ganz etwas anderes, zzz"), "de")));
        assertThat(words(question)).startsWith("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "???", "\u0000", "🎉", "the of and", "\uD83D"})
    void lexical_noSearchableWord_findsNothing(String question) {
        index.add(List.of(passage("a", "cat")));
        assertThat(words(question)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat AND (dog", "+cat -\"dog", "cat:*", "cat~2 /x/ [a TO b}", "\\cat"})
    void lexical_syntax_isText(String question) {
        index.add(List.of(passage("a", "cat")));
        assertThat(words(question)).containsExactly("a");
    }

    @Test
    void lexical_hugeQuestions_areBounded() {
        index.add(List.of(passage("a", "cat"), language(passage("b", "Hund"), "de")));
        StringBuilder many = new StringBuilder("cat ");
        IntStream.range(0, 20_000).forEach(i -> many.append("word").append(i).append(' '));
        assertThat(words(many.toString())).containsExactly("a");
        assertThat(words("x".repeat(100_000))).isEmpty();
        assertThat(words("猫".repeat(100_000))).isEmpty();
        assertThat(words("cat ".repeat(25_000))).containsExactly("a");
    }

    @Test
    void lexical_manyMatchingWords_areSearched() {
        StringBuilder many = new StringBuilder();
        IntStream.range(0, 3_000).forEach(i -> many.append("w").append(i).append(' '));
        index.add(List.of(passage("a", many.toString()), passage("b", "w7 only")));
        assertThat(words(many.toString())).startsWith("a");
    }

    // dense

    @Test
    void dense_nearest_comesFirstWithItsCosine() {
        index.add(List.of(
                embedded(passage("a", ""), degrees(0)),
                embedded(passage("b", ""), degrees(60)),
                embedded(passage("c", ""), degrees(180))));
        List<SearchHit> hits = index.dense(degrees(20), ALL, 10, soon());
        assertThat(ids(hits)).containsExactly("a", "b", "c");
        assertThat(hits.get(0).score()).isCloseTo((float) Math.cos(Math.toRadians(20)), within(1e-3f));
        assertThat(hits.get(1).score()).isCloseTo((float) Math.cos(Math.toRadians(40)), within(1e-3f));
        assertThat(hits.get(2).score()).isCloseTo((float) Math.cos(Math.toRadians(160)), within(1e-3f));
    }

    @Test
    void dense_longerQuestionVector_givesTheSameCosine() {
        index.add(List.of(embedded(passage("a", ""), degrees(0))));
        float[] doubled = degrees(60);
        doubled[0] *= 2;
        doubled[1] *= 2;
        assertThat(index.dense(doubled, ALL, 1, soon()).getFirst().score()).isCloseTo(0.5f, within(1e-3f));
    }

    @Test
    void dense_equalScores_areInTheOrderOfIds() {
        for (int i = 11; i >= 0; i--) {
            index.add(List.of(passage("p%02d".formatted((i * 7) % 12), "")));
        }
        assertThat(near(axis(0), ALL, 5)).containsExactly("p00", "p01", "p02", "p03", "p04");
    }

    @Test
    void dense_manyPassages_recallAtTenIsHigh() {
        Random random = new Random(2);
        List<IndexedPassage> passages = new ArrayList<>();
        for (int batch = 0; batch < 4; batch++) {
            List<IndexedPassage> added = IntStream.range(batch * most() / 4, (batch + 1) * most() / 4)
                    .mapToObj(i -> embedded(
                            in(passage("p" + i, ""), i % 2 == 0 ? "even" : "odd", "d" + i, 1), clustered(random)))
                    .toList();
            index.add(added);
            passages.addAll(added);
        }
        assertThat(recall(passages, scope("even", "odd"), random)).isGreaterThanOrEqualTo(0.98);
        List<IndexedPassage> odd = passages.stream()
                .filter(each -> each.collection().value().equals("odd"))
                .toList();
        assertThat(recall(odd, scope("odd"), random)).isGreaterThanOrEqualTo(0.98);
    }

    /** As notes about one subject beside a large archive about others. */
    @ParameterizedTest
    @CsvSource({"1000000, everything", "1000000, small", "0, everything", "0, small"})
    void dense_smallTopicBesideLargeOnes_findsItsNearest(int exactPassages, String asked) throws Exception {
        index.close();
        index = openSearchingExactly(exactPassages);
        Random random = new Random(5);
        List<IndexedPassage> passages = new ArrayList<>();
        for (int i = 0; i < most() / 2; i++) {
            passages.add(embedded(in(passage("l" + i, ""), "large", "l" + i, 1), topical(random, 0)));
        }
        List<IndexedPassage> small = IntStream.range(0, 60)
                .mapToObj(i -> embedded(in(passage("s" + i, ""), "small", "s" + i, 1), topical(random, 1 + i / 6)))
                .toList();
        passages.addAll(most() / 4, small);
        for (int from = 0; from < passages.size(); from += 1_000) {
            index.add(passages.subList(from, Math.min(from + 1_000, passages.size())));
        }
        SearchScope searched = asked.equals("small") ? scope("small") : scope("large", "small");
        for (IndexedPassage wanted : small) {
            assertThat(near(wanted.embedding(), searched, 100).getFirst())
                    .isEqualTo(wanted.id().value());
        }
    }

    private double recall(List<IndexedPassage> passages, SearchScope searchScope, Random random) {
        int questions = 50;
        int found = 0;
        for (int i = 0; i < questions; i++) {
            float[] question = clustered(random);
            Set<String> exact = new HashSet<>(passages.stream()
                    .sorted(Comparator.comparingDouble(each -> -dot(question, each.embedding())))
                    .limit(10)
                    .map(each -> each.id().value())
                    .toList());
            exact.retainAll(near(question, searchScope, 10));
            found += exact.size();
        }
        return found / (10.0 * questions);
    }

    @Test
    void dense_otherDimensions_isRefused() {
        assertThatThrownBy(() -> index.dense(new float[DIMENSIONS - 1], ALL, 10, soon()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // scope

    @Test
    void scope_collections_hideTheOthers() {
        index.add(List.of(in(passage("a", "cat"), "one", "x", 1), in(passage("b", "cat"), "two", "y", 1)));
        assertThat(words("cat", scope("one"))).containsExactly("a");
        assertThat(near(axis(0), scope("two"), 10)).containsExactly("b");
        assertThat(words("cat", scope("one", "two", "three"))).containsExactlyInAnyOrder("a", "b");
        assertThat(words("cat", scope("three"))).isEmpty();
        assertThat(near(axis(0), scope("three"), 10)).isEmpty();
        assertThat(index.count(scope("one"))).isOne();
    }

    @Test
    void scope_noCollections_findsNothing() {
        index.add(List.of(passage("a", "cat")));
        assertThat(words("cat", scope())).isEmpty();
        assertThat(near(axis(0), scope(), 10)).isEmpty();
        assertThat(index.count(scope())).isZero();
    }

    @Test
    void scope_documents_areSearchedWithinTheCollectionsOnly() {
        index.add(List.of(
                in(passage("a", "cat"), "one", "x", 1),
                in(passage("b", "cat"), "one", "y", 1),
                in(passage("c", "cat"), "two", "z", 1)));
        SearchScope both =
                new SearchScope(scope("one").collections(), Set.of(new DocumentId("y"), new DocumentId("z")));
        assertThat(words("cat", both)).containsExactly("b");
        assertThat(near(axis(0), both, 10)).containsExactly("b");
        assertThat(index.count(both)).isOne();
    }

    /** A filter of a search lets as many documents through as the library has. */
    @Test
    void scope_thousandsOfDocuments_areSearchedExactly() {
        int documents = 3_000;
        index.add(IntStream.range(0, documents)
                .mapToObj(i -> in(
                        embedded(passage("p" + i, i % 100 == 7 ? "cat cat" : "cat dog"), degrees(i % 90)),
                        "one",
                        "d" + i,
                        1))
                .toList());
        Set<DocumentId> odd = IntStream.range(0, documents)
                .filter(i -> i % 2 == 1)
                .mapToObj(i -> new DocumentId("d" + i))
                .collect(Collectors.toSet());
        SearchScope half = scope("one").within(odd);
        assertThat(index.count(half)).isEqualTo(documents / 2);
        assertThat(words("cat", half)).hasSize(10).allMatch(id -> id.endsWith("07") || id.equals("p7"));
        assertThat(near(degrees(0), half, 10))
                .isEqualTo(index.dense(degrees(0), scope("one"), 1_000, soon()).stream()
                        .filter(hit -> odd.contains(hit.document()))
                        .limit(10)
                        .map(hit -> hit.passage().value())
                        .toList());
    }

    @Test
    void scope_excludedDocuments_leaveTheirPlacesToOthers() {
        index.add(List.of(
                in(passage("a", "cat cat"), "one", "x", 1),
                in(passage("b", "cat"), "one", "y", 1),
                in(passage("c", "cat dog"), "one", "z", 1)));
        SearchScope fewer = scope("one").without(Set.of(new DocumentId("x"), new DocumentId("none")));
        assertThat(words("cat", fewer)).containsExactlyInAnyOrder("b", "c");
        assertThat(near(axis(0), fewer, 2)).containsExactlyInAnyOrder("b", "c");
        assertThat(index.lexical("cat", fewer, 2, soon())).hasSize(2);
        assertThat(index.count(fewer)).isEqualTo(2);
        SearchScope none = new SearchScope(scope("one").collections(), Set.of(new DocumentId("x")))
                .without(Set.of(new DocumentId("x")));
        assertThat(words("cat", none)).isEmpty();
        assertThat(near(axis(0), none, 10)).isEmpty();
        assertThat(index.count(none)).isZero();
    }

    @Test
    void scope_anyCollections_leaveScoresComparable() {
        index.add(List.of(
                in(passage("a", "cat dog"), "one", "x", 1),
                in(passage("b", "cat"), "two", "y", 1),
                in(passage("c", "cat"), "two", "z", 1)));
        assertThat(index.lexical("dog cat", scope("one", "two"), 1, soon()))
                .isEqualTo(index.lexical("dog cat", scope("one"), 1, soon()));
        assertThat(index.dense(degrees(20), scope("two"), 10, soon()))
                .containsAll(index.dense(degrees(20), scope("one", "two"), 10, soon())
                        .subList(1, 3));
    }

    @Test
    void scope_idsThatArePrefixes_areNotMixedUp() {
        index.add(List.of(in(passage("a", "cat"), "one", "x", 1), in(passage("b", "cat"), "one.a", "x1", 1)));
        assertThat(words("cat", scope("one"))).containsExactly("a");
        index.delete(List.of(new PassageSelection.OfDocument(new DocumentId("x"))));
        assertThat(words("cat", scope("one", "one.a"))).containsExactly("b");
    }

    @Test
    void scope_labels_hideDocumentsWithOthers() {
        index.add(List.of(
                in(passage("open", "cat"), "one", "x", 1),
                in(labelled(passage("staff", "cat"), "staff"), "one", "y", 1),
                in(labelled(passage("both", "cat"), "staff", "board"), "one", "z", 1)));
        assertThat(words("cat", visible("one"))).containsExactly("open");
        assertThat(near(axis(0), visible("one"), 10)).containsExactly("open");
        assertThat(index.count(visible("one"))).isOne();
        assertThat(words("cat", visible("one", "board"))).containsExactlyInAnyOrder("open", "both");
        assertThat(near(axis(0), visible("one", "board"), 10)).containsExactlyInAnyOrder("open", "both");
        assertThat(index.count(visible("one", "board"))).isEqualTo(2);
        assertThat(words("cat", visible("one", "staff", "other"))).containsExactlyInAnyOrder("open", "staff", "both");
        assertThat(near(axis(0), visible("one", "other"), 10)).containsExactly("open");
    }

    @Test
    void scope_labels_openNoOtherCollectionAndNoOtherDocument() {
        index.add(List.of(
                in(labelled(passage("a", "cat"), "staff"), "one", "x", 1),
                in(labelled(passage("b", "cat"), "staff"), "two", "y", 1),
                in(passage("c", "cat"), "two", "z", 1)));
        assertThat(words("cat", visible("one", "staff"))).containsExactly("a");
        SearchScope document = new SearchScope(visible("two", "staff").collections(), Set.of(new DocumentId("y")));
        assertThat(words("cat", document)).containsExactly("b");
        assertThat(near(axis(0), document, 10)).containsExactly("b");
    }

    @Test
    void scope_unrestricted_includesEveryLabel() {
        index.add(List.of(passage("a", "cat"), labelled(passage("b", "cat"), "staff")));
        SearchScope unrestricted = SearchScope.of(TestAccess.readable(Set.of(COLLECTION), AccessLabels.UNRESTRICTED));
        assertThat(words("cat", unrestricted)).containsExactlyInAnyOrder("a", "b");
        assertThat(near(axis(0), unrestricted, 10)).containsExactlyInAnyOrder("a", "b");
        assertThat(index.count(unrestricted)).isEqualTo(2);
    }

    @Test
    void scope_labelsAddedLater_needNoOtherPassageAgain() {
        index.add(List.of(passage("a", "cat"), passage("b", "cat")));
        assertThat(words("cat", ALL)).containsExactlyInAnyOrder("a", "b");
        index.add(List.of(labelled(passage("b", "cat"), "staff")));
        assertThat(words("cat", ALL)).containsExactly("a");
        assertThat(near(axis(0), ALL, 10)).containsExactly("a");
        index.add(List.of(passage("b", "cat")));
        assertThat(words("cat", ALL)).containsExactlyInAnyOrder("a", "b");
    }

    // limits and deadlines

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void limit_outOfBounds_isRefused(int limit) {
        assertThatThrownBy(() -> index.lexical("cat", ALL, limit, soon())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.dense(axis(0), ALL, limit, soon())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limit_isNeverPassed() {
        index.add(IntStream.range(0, 30).mapToObj(i -> passage("p" + i, "cat")).toList());
        assertThat(index.lexical("cat", ALL, 7, soon())).hasSize(7);
        assertThat(index.dense(axis(0), ALL, 7, soon())).hasSize(7);
    }

    @Test
    void deadline_passed_isSaid() {
        index.add(List.of(passage("a", "cat")));
        assertCode(() -> index.lexical("cat", ALL, 10, past()), ErrorCode.DEADLINE_EXCEEDED);
        assertCode(() -> index.dense(axis(0), ALL, 10, past()), ErrorCode.DEADLINE_EXCEEDED);
    }

    // count and forEachDocument

    @Test
    void count_afterAddsReplacementsAndDeletions_isExact() {
        addVersions();
        index.add(List.of(in(passage("x4", "dog"), "default", "x", 4)));
        index.delete(List.of(new PassageSelection.OfVersion(new DocumentId("x"), 1)));
        assertThat(index.count(ALL)).isEqualTo(4);
    }

    @Test
    void forEachDocument_showsEveryVersionOnce() {
        addVersions();
        index.add(List.of(in(passage("y1b", "cat"), "default", "y", 1), in(passage("z", "cat"), "two", "z", 9)));
        index.delete(List.of(new PassageSelection.OfVersionsBefore(new DocumentId("x"), 4)));
        List<IndexedDocument> seen = new ArrayList<>();
        index.forEachDocument(seen::add);
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        new IndexedDocument(COLLECTION, new DocumentId("x"), 4, 1),
                        new IndexedDocument(COLLECTION, new DocumentId("y"), 1, 2),
                        new IndexedDocument(new CollectionId("two"), new DocumentId("z"), 9, 1));
    }

    @Test
    void forEachDocument_empty_showsNothing() {
        index.forEachDocument(document -> assertThat(document).isNull());
        assertThat(index.count(ALL)).isZero();
    }

    // check and close

    @Test
    void check_open_isQuiet() {
        assertThatCode(index::check).doesNotThrowAnyException();
    }

    @Test
    void close_thenUse_isUnavailable() {
        index.close();
        assertCode(() -> index.lexical("cat", ALL, 10, soon()), ErrorCode.INDEX_UNAVAILABLE);
        assertCode(() -> index.dense(axis(0), ALL, 10, soon()), ErrorCode.INDEX_UNAVAILABLE);
        assertCode(() -> index.add(List.of(passage("a", "cat"))), ErrorCode.INDEX_UNAVAILABLE);
        assertCode(
                () -> index.delete(List.of(new PassageSelection.OfDocument(new DocumentId("d")))),
                ErrorCode.INDEX_UNAVAILABLE);
        assertCode(() -> index.count(ALL), ErrorCode.INDEX_UNAVAILABLE);
        assertCode(() -> index.forEachDocument(document -> {}), ErrorCode.INDEX_UNAVAILABLE);
        assertCode(index::check, ErrorCode.INDEX_UNAVAILABLE);
        assertThatCode(index::close).doesNotThrowAnyException();
    }

    // concurrency

    @Test
    void concurrent_writersAndReaders_seeWholePassagesAndLoseNothing() throws Exception {
        int writers = 4;
        int each = 8;
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> added = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String name = "w" + writer;
                added.add(threads.submit(() -> write(name, each)));
            }
            List<Future<?>> read = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                read.add(threads.submit(() -> {
                    while (writing.get()) {
                        Thread.sleep(1);
                        assertThat(index.lexical("cat", ALL, 100, soon()))
                                .allMatch(searchHit -> searchHit.version() == 1);
                        assertThat(index.dense(axis(0), ALL, 100, soon())).doesNotHaveDuplicates();
                    }
                    return true;
                }));
            }
            try {
                for (Future<?> future : added) {
                    future.get();
                }
            } finally {
                writing.set(false);
            }
            for (Future<?> future : read) {
                future.get();
            }
        }
        assertThat(index.count(ALL)).isEqualTo((long) writers * each);
    }

    private void write(String name, int count) {
        for (int i = 0; i < count; i++) {
            String id = name + "." + i;
            index.add(List.of(in(passage(id, "cat"), "default", id, 1)));
            assertThat(index.count(new SearchScope(ALL.collections(), Set.of(new DocumentId(id)))))
                    .isOne();
        }
    }

    @Test
    void concurrent_deletions_areNeverFoundAfterwards() throws Exception {
        index.add(IntStream.range(0, 20)
                .mapToObj(i -> in(passage("p" + i, "cat"), "default", "d" + i, 1))
                .toList());
        AtomicBoolean deleting = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> reader = threads.submit(() -> {
                while (deleting.get()) {
                    index.lexical("cat", ALL, 100, soon());
                }
            });
            try {
                for (int i = 0; i < 20; i += 2) {
                    index.delete(List.of(new PassageSelection.OfDocument(new DocumentId("d" + i))));
                    assertThat(ids(index.lexical("cat", ALL, 100, soon()))).doesNotContain("p" + i);
                }
            } finally {
                deleting.set(false);
            }
            reader.get();
        }
        assertThat(index.count(ALL)).isEqualTo(10);
    }

    @Test
    void interruptedCaller_staysInterruptedAndHarmsNobody() {
        Thread.currentThread().interrupt();
        index.add(List.of(passage("a", "cat")));
        assertThat(Thread.interrupted()).isTrue();
        index.add(List.of(passage("b", "cat")));
        assertThat(words("cat")).containsExactly("a", "b");
    }
}
