package dev.lectern.index;

import static dev.lectern.index.DelegatingPassageIndex.adding;
import static dev.lectern.index.DelegatingPassageIndex.deleting;
import static dev.lectern.index.DelegatingPassageIndex.searching;

import dev.lectern.security.TestAccess;
import dev.lectern.shared.AccessLabels;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.Deadline;
import dev.lectern.shared.DocumentId;
import dev.lectern.shared.EmbedderFingerprint;
import dev.lectern.shared.PassageId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** For every test of the contract an index with one fault, which that test must detect. */
final class FaultyPassageIndexes {
    /**
     * One mistake.
     *
     * @param behaviour the name of the kit's test
     * @param arguments of a test that takes some
     */
    record Mistake(String behaviour, List<Object> arguments, UnaryOperator<PassageIndex> plant) {
        @Override
        public String toString() {
            return behaviour;
        }
    }

    private static final Set<CollectionId> EVERY = Set.of(
            new CollectionId("default"), new CollectionId("one"), new CollectionId("two"), new CollectionId("one.a"));
    private static final Duration A_LITTLE_LATER = Duration.ofMillis(40);

    private final List<Mistake> all = new ArrayList<>();

    static List<Mistake> all() {
        FaultyPassageIndexes faultyPassageIndexes = new FaultyPassageIndexes();
        faultyPassageIndexes.ofFingerprints();
        faultyPassageIndexes.ofAdding();
        faultyPassageIndexes.ofDeleting();
        faultyPassageIndexes.ofWords();
        faultyPassageIndexes.ofEmbeddings();
        faultyPassageIndexes.ofScopesAndLimits();
        faultyPassageIndexes.ofCountingAndClosing();
        faultyPassageIndexes.ofThreads();
        return faultyPassageIndexes.all;
    }

    private void when(String behaviour, UnaryOperator<PassageIndex> plant) {
        all.add(new Mistake(behaviour, List.of(), plant));
    }

    private void when(String behaviour, List<Object> arguments, UnaryOperator<PassageIndex> plant) {
        all.add(new Mistake(behaviour, arguments, plant));
    }

    private void ofFingerprints() {
        when("fingerprint_isTheOneItWasOpenedWith", right -> new DelegatingPassageIndex(right) {
            @Override
            public EmbedderFingerprint fingerprint() {
                return new EmbedderFingerprint("another", 1, "", "", "cls", true);
            }
        });
        when("fingerprint_another_isAnIndexOfItsOwn", new OneForAll());
        when("fingerprint_switchedUnderLoad_noSearchFailsOrMixes", new OneForAll());
    }

    private void ofAdding() {
        when(
                "add_whenItReturns_isFoundByBothLegs",
                right -> adding(right, (index, passages) -> runDelayed(() -> index.add(passages))));
        when("add_whenItReturns_isDurable", right -> new DelegatingPassageIndex(right) {
            @Override
            public void close() {
                right.delete(everything());
                super.close();
            }
        });
        when("add_killedAfterIt_isThere", Buffering::new);
        when("add_sameId_replaces", right -> {
            Set<PassageId> known = new HashSet<>();
            return adding(
                    right,
                    (index, passages) -> index.add(passages.stream()
                            .filter(passage -> known.add(passage.id()))
                            .toList()));
        });
        when(
                "add_sameIdTwiceInOneCall_keepsTheLast",
                right -> adding(right, (index, passages) -> index.add(passages.reversed())));
        when("add_again_isHarmless", right -> {
            AtomicInteger calls = new AtomicInteger();
            return adding(right, (index, passages) -> {
                refuse(calls.incrementAndGet() > 1);
                index.add(passages);
            });
        });
        when("add_nothing_doesNothing", right -> adding(right, (index, passages) -> refuse(passages.isEmpty())));
        when(
                "add_theMostAtOnce_findsThemAll",
                right -> adding(right, (index, passages) -> index.add(passages.subList(0, passages.size() * 9 / 10))));
        when(
                "add_moreThanTheMost_isRefused",
                right -> adding(right, (index, passages) -> {
                    if (passages.size() <= 10_000) {
                        index.add(passages);
                    }
                }));
        when(
                "add_otherDimensions_isRefusedWhole",
                right -> adding(right, (index, passages) -> passages.forEach(passage -> index.add(List.of(passage)))));
        when(
                "add_embedding_isNeitherKeptNorChanged",
                right -> adding(right, (index, passages) -> {
                    index.add(passages);
                    passages.forEach(passage -> Arrays.fill(passage.embedding(), 0));
                }));
        when(
                "add_textWithoutWords_isFoundByItsEmbedding",
                List.of("!?…"),
                right -> adding(
                        right,
                        (index, passages) -> index.add(passages.stream()
                                .filter(passage -> passage.text().matches("(?s).*\\w.*"))
                                .toList())));
        when(
                "add_largeTexts_areSearchedToTheirEnds",
                right -> adding(
                        right,
                        (index, passages) -> index.add(passages.stream()
                                .map(passage -> text(
                                        passage,
                                        passage.text()
                                                .substring(
                                                        0,
                                                        Math.min(
                                                                65_536,
                                                                passage.text().length()))))
                                .toList())));
    }

    private void ofDeleting() {
        when(
                "delete_whenItReturns_isGoneAlsoAfterReopening",
                right -> deleting(right, (index, selections) -> runDelayed(() -> index.delete(selections))));
        when("delete_killedAfterIt_isGone", Buffering::new);
        when(
                "delete_collection_leavesTheOthers",
                right -> deleting(right, (index, selections) -> index.delete(everything())));
        when(
                "delete_versionsBefore_leavesThatAndLaterOnes",
                right -> deleting(
                        right,
                        (index, selections) -> selections.forEach(selection -> index.delete(List.of(
                                selection instanceof PassageSelection.OfVersionsBefore(DocumentId document, int version)
                                        ? new PassageSelection.OfVersionsBefore(document, version + 1)
                                        : selection)))));
        when(
                "delete_oneVersion_leavesTheOthers",
                right -> deleting(
                        right,
                        (index, selections) -> selections.forEach(selection -> index.delete(List.of(
                                selection instanceof PassageSelection.OfVersion(DocumentId document, int version)
                                        ? new PassageSelection.OfDocument(document)
                                        : selection)))));
        when(
                "delete_severalSelections_areAllDone",
                right -> deleting(right, (index, selections) -> index.delete(selections.subList(0, 1))));
        when(
                "delete_whatIsNotThere_doesNothing",
                right -> deleting(right, (index, selections) -> {
                    refuse(selections.isEmpty());
                    index.delete(selections);
                }));
        when("delete_thenAddAgain_isFound", Tombstones::new);
    }

    private void ofWords() {
        when(
                "lexical_moreSharedWords_comeFirst",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) ->
                                search.of(searchScope, limit, deadline).reversed()));
        when(
                "lexical_rareWords_countMore",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) ->
                                search.of(searchScope, 1_000, deadline).stream()
                                        .sorted(Comparator.comparing(
                                                searchHit -> searchHit.passage().value()))
                                        .limit(limit)
                                        .toList()));
        when(
                "lexical_titleAndHeadings_areSearched",
                right -> adding(
                        right,
                        (index, passages) -> index.add(passages.stream()
                                .map(passage -> IndexedPassageFixtures.titled(passage, "", passage.headings()))
                                .toList())));
        when("lexical_equalScores_areInTheOrderOfIds", FaultyPassageIndexes::tiesBackwards);
        when(
                "lexical_hit_saysWhatItBelongsTo",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) ->
                                search.of(searchScope, limit, deadline).stream()
                                        .map(searchHit -> new SearchHit(
                                                searchHit.passage(),
                                                searchHit.document(),
                                                1,
                                                searchHit.language(),
                                                searchHit.score()))
                                        .toList()));
        when(
                "lexical_byLanguage_findsOtherForms",
                List.of("fr", "Les chevaux du roi", "cheval"),
                right -> adding(
                        right,
                        (index, passages) -> index.add(passages.stream()
                                .map(passage -> IndexedPassageFixtures.language(passage, "und"))
                                .toList())));
        when(
                "lexical_noSearchableWord_findsNothing",
                List.of("???"),
                right -> question(
                        right,
                        (question, found) -> found.isEmpty()
                                ? right.dense(IndexedPassageFixtures.axis(0), scope(EVERY), 10, soon())
                                : found));
        when(
                "lexical_syntax_isText",
                List.of("cat AND (dog"),
                right -> question(right, (question, found) -> {
                    refuse(question.contains("("));
                    return found;
                }));
        when(
                "lexical_hugeQuestions_areBounded",
                right -> question(right, (question, found) -> {
                    refuse(question.length() > 32_766);
                    return found;
                }));
        when(
                "lexical_manyMatchingWords_areSearched",
                right -> question(right, (question, found) -> {
                    refuse(question.split(" ", -1).length > 1_024);
                    return found;
                }));
    }

    private void ofEmbeddings() {
        when(
                "dense_nearest_comesFirstWithItsCosine",
                right -> scores(right, (searchHit, length) -> (1 + searchHit.score()) / 2));
        when(
                "dense_longerQuestionVector_givesTheSameCosine",
                right -> scores(right, (searchHit, length) -> searchHit.score() * length));
        when("dense_equalScores_areInTheOrderOfIds", FaultyPassageIndexes::tiesBackwards);
        when(
                "dense_manyPassages_recallAtTenIsHigh",
                right -> searching(right, (index, searchScope, limit, deadline, search) -> {
                    List<SearchHit> more = search.of(searchScope, limit + 1, deadline);
                    return more.isEmpty() ? more : more.subList(1, more.size());
                }));
        when(
                "dense_smallTopicBesideLargeOnes_findsItsNearest",
                List.of(1_000_000, "everything"),
                right -> searching(right, (index, searchScope, limit, deadline, search) -> {
                    List<SearchHit> more = search.of(searchScope, limit + 1, deadline);
                    return more.isEmpty() ? more : more.subList(1, more.size());
                }));
        when("dense_otherDimensions_isRefused", right -> new DelegatingPassageIndex(right) {
            @Override
            public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
                return super.dense(Arrays.copyOf(embedding, fingerprint().dimensions()), searchScope, limit, deadline);
            }
        });
    }

    private void ofScopesAndLimits() {
        when(
                "scope_collections_hideTheOthers",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) -> search.of(scope(EVERY), limit, deadline)));
        when(
                "scope_noCollections_findsNothing",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) -> search.of(
                                searchScope.collections().ids().isEmpty() ? scope(EVERY) : searchScope,
                                limit,
                                deadline)));
        when(
                "scope_documents_areSearchedWithinTheCollectionsOnly",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) -> search.of(
                                searchScope.documents().isEmpty()
                                        ? searchScope
                                        : new SearchScope(TestAccess.readable(EVERY), searchScope.documents()),
                                limit,
                                deadline)));
        // Only the first of many documents are searched.
        when(
                "scope_thousandsOfDocuments_areSearchedExactly",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) -> search.of(
                                new SearchScope(
                                        searchScope.collections(),
                                        searchScope.documents().stream()
                                                .sorted(Comparator.comparing(DocumentId::value))
                                                .limit(5)
                                                .collect(Collectors.toSet())),
                                limit,
                                deadline)));
        // Filtered after the search: the excluded documents take the places of others.
        when(
                "scope_excludedDocuments_leaveTheirPlacesToOthers",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) -> search
                                .of(
                                        new SearchScope(searchScope.collections(), searchScope.documents()),
                                        limit,
                                        deadline)
                                .stream()
                                .filter(searchHit -> !searchScope.excluded().contains(searchHit.document()))
                                .toList()));
        when(
                "scope_anyCollections_leaveScoresComparable",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) ->
                                search.of(searchScope, limit, deadline).stream()
                                        .map(searchHit -> scored(
                                                searchHit,
                                                searchHit.score()
                                                        / searchScope
                                                                .collections()
                                                                .ids()
                                                                .size()))
                                        .toList()));
        when(
                "scope_idsThatArePrefixes_areNotMixedUp",
                right -> deleting(
                        right,
                        (index, selections) -> index.delete(List.of(
                                new PassageSelection.OfDocument(new DocumentId("x")),
                                new PassageSelection.OfDocument(new DocumentId("x1"))))));
        when("scope_labels_hideDocumentsWithOthers", right -> withLabels(right, AccessLabels.UNRESTRICTED));
        when(
                "scope_labels_openNoOtherCollectionAndNoOtherDocument",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) -> search.of(
                                searchScope.labels().names().isEmpty()
                                        ? searchScope
                                        : scope(EVERY, searchScope.labels()),
                                limit,
                                deadline)));
        when("scope_unrestricted_includesEveryLabel", right -> withLabels(right, AccessLabels.NONE));
        when(
                "scope_labelsAddedLater_needNoOtherPassageAgain",
                right -> adding(
                        right,
                        (index, passages) -> index.add(passages.stream()
                                .filter(passage -> passage.labels().isEmpty())
                                .toList())));
        when(
                "limit_outOfBounds_isRefused",
                List.of(0),
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) ->
                                search.of(searchScope, Math.clamp(limit, 1, 1_000), deadline)));
        when(
                "limit_isNeverPassed",
                right -> searching(
                        right,
                        (index, searchScope, limit, deadline, search) -> search.of(searchScope, limit + 1, deadline)));
        when(
                "deadline_passed_isSaid",
                right -> searching(
                        right, (index, searchScope, limit, deadline, search) -> search.of(searchScope, limit, soon())));
    }

    private void ofCountingAndClosing() {
        when("count_afterAddsReplacementsAndDeletions_isExact", right -> new DelegatingPassageIndex(right) {
            private int deletions;

            @Override
            public void delete(List<PassageSelection> selections) {
                deletions++;
                super.delete(selections);
            }

            @Override
            public long count(SearchScope searchScope) {
                return super.count(searchScope) + deletions;
            }
        });
        when("forEachDocument_showsEveryVersionOnce", right -> new DelegatingPassageIndex(right) {
            @Override
            public void forEachDocument(Consumer<IndexedDocument> action) {
                super.forEachDocument(action);
                super.forEachDocument(action);
            }
        });
        when("forEachDocument_empty_showsNothing", right -> new DelegatingPassageIndex(right) {
            @Override
            public void forEachDocument(Consumer<IndexedDocument> action) {
                action.accept(new IndexedDocument(IndexedPassageFixtures.COLLECTION, new DocumentId("d"), 1, 0));
            }
        });
        when("check_open_isQuiet", right -> new DelegatingPassageIndex(right) {
            @Override
            public void check() {
                refuse(true);
            }
        });
        when("close_thenUse_isUnavailable", right -> new DelegatingPassageIndex(right) {
            private final AtomicBoolean closed = new AtomicBoolean();

            @Override
            public void close() {
                closed.set(true);
                super.close();
            }

            @Override
            public long count(SearchScope searchScope) {
                return closed.get() ? 0 : super.count(searchScope);
            }
        });
    }

    private void ofThreads() {
        when("concurrent_writersAndReaders_seeWholePassagesAndLoseNothing", right -> {
            AtomicInteger writing = new AtomicInteger();
            return adding(right, (index, passages) -> {
                boolean alone = writing.incrementAndGet() == 1;
                pause();
                if (alone) {
                    index.add(passages);
                }
                writing.decrementAndGet();
            });
        });
        when(
                "concurrent_deletions_areNeverFoundAfterwards",
                right -> deleting(right, (index, selections) -> runDelayed(() -> index.delete(selections))));
        when(
                "interruptedCaller_staysInterruptedAndHarmsNobody",
                right -> adding(right, (index, passages) -> {
                    refuse(Thread.interrupted() && passages.isEmpty());
                    index.add(passages);
                }));
    }

    /** What a first index was made for serves every fingerprint. */
    private static final class OneForAll implements UnaryOperator<PassageIndex> {
        private final Map<String, PassageIndex> first = new HashMap<>();

        @Override
        public PassageIndex apply(PassageIndex right) {
            PassageIndex used = first.computeIfAbsent("", key -> right);
            return new DelegatingPassageIndex(used) {
                @Override
                public EmbedderFingerprint fingerprint() {
                    return right.fingerprint();
                }

                @Override
                public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
                    return used.dense(
                            Arrays.copyOf(embedding, used.fingerprint().dimensions()), searchScope, limit, deadline);
                }

                @Override
                public void add(List<IndexedPassage> passages) {
                    used.add(passages.stream()
                            .map(passage -> IndexedPassageFixtures.embedded(
                                    passage,
                                    Arrays.copyOf(
                                            passage.embedding(),
                                            used.fingerprint().dimensions())))
                            .toList());
                }

                @Override
                public void close() {
                    right.close();
                }
            };
        }
    }

    /** Writes when it is next read. */
    private static final class Buffering extends DelegatingPassageIndex {
        private final List<Runnable> pending = new ArrayList<>();

        Buffering(PassageIndex right) {
            super(right);
        }

        @Override
        public void add(List<IndexedPassage> passages) {
            pending.add(() -> right.add(passages));
        }

        @Override
        public void delete(List<PassageSelection> selections) {
            pending.forEach(Runnable::run);
            pending.clear();
            pending.add(() -> right.delete(selections));
        }

        @Override
        public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
            pending.forEach(Runnable::run);
            pending.clear();
            return super.lexical(question, searchScope, limit, deadline);
        }
    }

    /** What was deleted never comes back. */
    private static final class Tombstones extends DelegatingPassageIndex {
        private final Set<PassageSelection> deleted = ConcurrentHashMap.newKeySet();

        Tombstones(PassageIndex right) {
            super(right);
        }

        @Override
        public void delete(List<PassageSelection> selections) {
            deleted.addAll(selections);
            super.delete(selections);
        }

        @Override
        public void add(List<IndexedPassage> passages) {
            super.add(passages.stream()
                    .filter(passage -> !deleted.contains(new PassageSelection.OfDocument(passage.document())))
                    .toList());
        }
    }

    private static PassageIndex tiesBackwards(PassageIndex right) {
        return searching(
                right,
                (index, searchScope, limit, deadline, search) -> search.of(searchScope, 1_000, deadline).stream()
                        .sorted(Comparator.comparingDouble(SearchHit::score)
                                .thenComparing(searchHit -> searchHit.passage().value())
                                .reversed())
                        .limit(limit)
                        .toList());
    }

    private interface Answer {
        List<SearchHit> of(String question, List<SearchHit> found);
    }

    private static PassageIndex question(PassageIndex right, Answer answer) {
        return new DelegatingPassageIndex(right) {
            @Override
            public List<SearchHit> lexical(String question, SearchScope searchScope, int limit, Deadline deadline) {
                return answer.of(question, super.lexical(question, searchScope, limit, deadline));
            }
        };
    }

    private interface Score {
        double of(SearchHit searchHit, double length);
    }

    private static PassageIndex scores(PassageIndex right, Score score) {
        return new DelegatingPassageIndex(right) {
            @Override
            public List<SearchHit> dense(float[] embedding, SearchScope searchScope, int limit, Deadline deadline) {
                double length = Math.sqrt(IndexedPassageFixtures.dot(embedding, embedding));
                return super.dense(embedding, searchScope, limit, deadline).stream()
                        .map(searchHit -> scored(searchHit, score.of(searchHit, length)))
                        .toList();
            }
        };
    }

    private static SearchHit scored(SearchHit searchHit, double score) {
        return new SearchHit(
                searchHit.passage(), searchHit.document(), searchHit.version(), searchHit.language(), (float) score);
    }

    private static IndexedPassage text(IndexedPassage passage, String text) {
        return new IndexedPassage(
                passage.id(),
                passage.collection(),
                passage.document(),
                passage.version(),
                passage.language(),
                passage.title(),
                passage.headings(),
                text,
                passage.labels(),
                passage.embedding());
    }

    private static List<PassageSelection> everything() {
        return EVERY.stream()
                .<PassageSelection>map(PassageSelection.OfCollection::new)
                .toList();
    }

    private static SearchScope scope(Set<CollectionId> collections) {
        return SearchScope.of(TestAccess.readable(collections));
    }

    private static SearchScope scope(Set<CollectionId> collections, AccessLabels labels) {
        return SearchScope.of(TestAccess.readable(collections, labels));
    }

    /** Searches with other labels than the caller has. */
    private static PassageIndex withLabels(PassageIndex right, AccessLabels labels) {
        return searching(
                right,
                (index, searchScope, limit, deadline, search) -> search.of(
                        new SearchScope(
                                TestAccess.readable(searchScope.collections().ids(), labels), searchScope.documents()),
                        limit,
                        deadline));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(1), Clock.systemUTC());
    }

    private static void refuse(boolean condition) {
        if (condition) {
            throw new IllegalStateException("a planted mistake");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void runDelayed(Runnable change) {
        CompletableFuture<Void> _ = CompletableFuture.runAsync(
                change, CompletableFuture.delayedExecutor(A_LITTLE_LATER.toMillis(), TimeUnit.MILLISECONDS));
    }
}
