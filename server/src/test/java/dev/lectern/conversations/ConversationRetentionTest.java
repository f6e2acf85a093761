package dev.lectern.conversations;

import static dev.lectern.conversations.ConversationsFixture.ANNA;
import static dev.lectern.conversations.ConversationsFixture.BORIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.NeedsServer;
import dev.lectern.audit.AuditLog;
import dev.lectern.audit.AuditRecord;
import dev.lectern.audit.AuditTrail;
import dev.lectern.http.NumberChange;
import dev.lectern.ingestion.CountingEmbedder;
import dev.lectern.ingestion.InMemoryIndexes;
import dev.lectern.ingestion.IngestionFixture;
import dev.lectern.library.CollectionChange;
import dev.lectern.security.CollectionAccessPolicy;
import dev.lectern.security.TestAccess;
import dev.lectern.shared.Caller;
import dev.lectern.shared.CollectionId;
import dev.lectern.shared.ConversationId;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.Permission;
import dev.lectern.shared.RuntimeSetting;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.NodeRegistry;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@NeedsServer
@OnEveryDatabase
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ConversationRetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    static Path temporary;

    @Parameter
    DatabaseEngine engine;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TestDatabase database;
    private JdbcClient jdbc;
    private TransactionTemplate transactions;
    private IngestionFixture library;
    private ConversationsFixture conversations;
    private RetentionSetting setting;
    private ConversationRetention retention;
    private ExpiredConversationRepository repository;
    private Instant now = NOW;
    private long audited;
    /** Conversations with a week, a quarter and nothing of their own. */
    private CollectionId week;

    private CollectionId quarter;
    private CollectionId plain;

    /** Lets Boris read everything but the collection with a week. */
    private final CollectionAccessPolicy policy = new CollectionAccessPolicy() {
        @Override
        public boolean isGranted(Caller caller, Permission permission, CollectionId collection) {
            return !caller.id().equals(BORIS.id()) || !collection.equals(week);
        }

        @Override
        public boolean isCreationGranted(Caller caller) {
            return true;
        }

        @Override
        public Set<String> labels(Caller caller) {
            return Set.of();
        }
    };

    @BeforeParameterizedClassInvocation
    void open() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(engine.name()));
        database = engine.open(folder);
        library = IngestionFixture.openWithPolicy(
                folder, new InMemoryIndexes(), new CountingEmbedder("test"), policy, database.settings());
        jdbc = library.context.getBean(JdbcClient.class);
        transactions = library.context.getBean(TransactionTemplate.class);
        repository = new ExpiredConversationRepository(jdbc);
        plain = collection("Manuals");
        quarter = collection("Papers");
        week = collection("Applications");
    }

    @BeforeEach
    void clear() {
        conversations =
                new ConversationsFixture(jdbc, transactions, library.context.getBean(NodeRegistry.class));
        jdbc.sql("DELETE FROM conversation").update();
        jdbc.sql("UPDATE conversation_cleanup SET started_at = 0").update();
        meters.clear();
        now = NOW;
        setDays(week, 7);
        setDays(quarter, 90);
        keep(Duration.ofDays(30));
        audited();
    }

    @AfterParameterizedClassInvocation
    void close() {
        library.close();
        database.close();
    }

    private CollectionId collection(String name) {
        return library.collections.create(TestAccess.OPERATOR, name).id();
    }

    private void setDays(CollectionId id, @Nullable Integer days) {
        library.collections.change(TestAccess.OPERATOR, id, new CollectionChange(null, new NumberChange(days)));
    }

    private void keep(Duration kept) {
        setting = new RetentionSetting(new ConversationProperties(kept));
        retention = new ConversationRetention(setting, library.collections);
    }

    private ConversationCleaner cleaner() {
        return new ConversationCleaner(
                repository,
                retention,
                Caller.Visitor::new,
                library.context.getBean(AuditLog.class),
                transactions,
                conversations.published::add,
                () -> now,
                meters);
    }

    private int clean() {
        return cleaner().deleteExpired(() -> false);
    }

    /** A conversation with a question, an answer and feedback, of so many days ago. */
    private ConversationId conversation(Caller owner, double days, CollectionId... asked) {
        ConversationId id = conversations
                .conversationService
                .create(owner, "Old", List.of(asked))
                .id();
        StartedTurn turn = conversations.turnService.begin(owner, id, "Why?", null);
        conversations.turnService.finish(
                turn.answer(), Message.Status.COMPLETE, "So.", "{}", new AnswerOutcome("answered", null, "test"));
        conversations.messageService.rate(owner, turn.answer(), new Feedback(Feedback.Rating.UP, null));
        jdbc
                .sql("UPDATE conversation SET updated_at = ? WHERE id = ?")
                .params(now.minusSeconds(Math.round(days * 86_400)).toEpochMilli(), id.value())
                .update();
        return id;
    }

    private List<ConversationId> left() {
        return jdbc
                .sql("SELECT id FROM conversation")
                .query((row, number) -> new ConversationId(row.getString(1)))
                .list();
    }

    private long rows(String table) {
        return jdbc
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    /** The entries about expired conversations since the last call. */
    private List<String> audited() {
        long seen = audited;
        List<AuditRecord> all = library
                .context
                .getBean(AuditTrail.class)
                .page(TestAccess.OPERATOR, new AuditTrail.Query(null, null, null, null, true), null, 1_000)
                .items();
        audited = all.isEmpty() ? seen : all.getLast().sequence();
        return all.stream()
                .filter(entry -> entry.sequence() > seen && entry.action().equals("conversations.expired"))
                .map(entry -> entry.caller() + " " + entry.details())
                .toList();
    }

    @Test
    void deleteExpired_countsTheShortestPeriodOfWhatAConversationAsks() {
        CollectionId deleted = new CollectionId("gone");
        List<ConversationId> expired = List.of(
                conversation(ANNA, 30.1, plain),
                conversation(ANNA, 7.1, week),
                conversation(ANNA, 7.1, quarter, week),
                conversation(ANNA, 30.1, quarter, plain),
                conversation(ANNA, 90.1, quarter),
                conversation(ANNA, 7.1),
                conversation(BORIS, 30.1),
                conversation(ANNA, 30.1, deleted),
                conversation(ANNA, 7.1, deleted, week));
        List<ConversationId> kept = List.of(
                conversation(ANNA, 29.9, plain),
                conversation(ANNA, 6.9, week),
                conversation(ANNA, 6.9, quarter, week),
                conversation(ANNA, 29.9, quarter, plain),
                conversation(ANNA, 89.9, quarter),
                conversation(ANNA, 6.9),
                conversation(BORIS, 29.9),
                conversation(ANNA, 29.9, deleted),
                conversation(ANNA, 89.9, deleted, quarter));

        assertThat(clean()).isEqualTo(expired.size());
        assertThat(left()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(rows("message")).isEqualTo(2L * kept.size());
        assertThat(rows("feedback")).isEqualTo(kept.size());
        assertThat(conversations.published)
                .containsExactlyInAnyOrderElementsOf(
                        expired.stream().map(ConversationDeletedEvent::new).toList());
        assertThat(meters.get("lectern.conversations.expired").counter().count())
                .isEqualTo(expired.size());
        assertThat(audited()).containsExactly("system:maintenance {conversations=9}");
        ConversationRetention.Expiry expiry = retention.expiry(ANNA);
        assertThat(conversations.conversationService.page(ANNA, null, null, 100).items())
                .hasSize(kept.size() - 1)
                .allSatisfy(one -> assertThat(expiry.of(one).orElseThrow()).isAfter(now));
    }

    @Test
    void deleteExpired_ofAnotherNode_waitsForAnHour() {
        conversation(ANNA, 31, plain);
        assertThat(clean()).isOne();
        conversation(ANNA, 31, plain);
        now = NOW.plus(Duration.ofMinutes(59));
        assertThat(clean()).isZero();
        now = NOW.plus(Duration.ofMinutes(60));
        assertThat(clean()).isOne();
        assertThat(audited()).hasSize(2);
    }

    @Test
    void deleteExpired_withNothingThatExpires_readsNoConversation() {
        keep(Duration.ZERO);
        ConversationId old = conversation(ANNA, 3_000, plain);
        ConversationId newer = conversation(ANNA, 8, week);
        for (CollectionId one : List.of(week, quarter)) {
            setDays(one, null);
        }
        assertThat(clean()).isZero();
        assertThat(left()).containsExactlyInAnyOrder(old, newer);
        assertThat(retention.expiry(ANNA).of(conversations.conversationService.find(ANNA, old)))
                .isEmpty();
        assertThat(repository.claim(now, ConversationCleaner.PAUSE)).isTrue();
        assertThat(audited()).isEmpty();
    }

    @Test
    void deleteExpired_severalBatches_deletesWhatIsBetweenKeptOnes() {
        IntStream.range(0, 2 * ConversationCleaner.BATCH + 50)
                .forEach(i -> conversation(ANNA, 8 + i / 1_000.0, i % 2 == 0 ? plain : week));
        assertThat(clean()).isEqualTo(ConversationCleaner.BATCH + 25);
        assertThat(left()).hasSize(ConversationCleaner.BATCH + 25);
    }

    @Test
    void delete_afterAnotherQuestion_keepsTheConversation() {
        ConversationId id = conversation(ANNA, 31, plain);
        ExpiredConversationRepository.Candidate found =
                repository.findBefore(now, null, 10).getFirst();
        conversations.turnService.begin(ANNA, id, "And now?", null);
        assertThat(repository.delete(found)).isFalse();
        assertThat(left()).containsExactly(id);
    }

    @Test
    void deletions_ofAKilledRun_areRecordedByTheNext() {
        repository.addUnrecorded(3);
        conversation(ANNA, 31, plain);
        clean();
        assertThat(audited()).containsExactly("system:maintenance {conversations=4}");
        assertThat(repository.takeUnrecorded()).isZero();
    }

    @Test
    void deleteExpired_withAFailingListener_isRecordedAllTheSame() {
        conversation(ANNA, 31, plain);
        List<Object> failing = new ArrayList<>() {
            @Override
            public boolean add(Object event) {
                throw new IllegalStateException("listener");
            }
        };
        ConversationCleaner cleaner = new ConversationCleaner(
                repository,
                retention,
                Caller.Visitor::new,
                library.context.getBean(AuditLog.class),
                transactions,
                failing::add,
                () -> now,
                meters);
        assertThatThrownBy(() -> cleaner.deleteExpired(() -> false)).hasMessage("listener");
        assertThat(audited()).containsExactly("system:maintenance {conversations=1}");
    }

    @Test
    void setting_outsideItsBounds_isRefused() {
        for (Duration wrong : List.of(Duration.ofHours(23), Duration.ofDays(3_651), Duration.ofDays(-1))) {
            assertThatThrownBy(() -> new ConversationProperties(wrong)).hasMessageContaining("0 or a time from 1d");
        }
        RuntimeSetting<?> kept = setting.runtimeSettings().getFirst();
        kept.set("0");
        assertThat(setting.kept()).isZero();
        kept.set("90d");
        assertThat(setting.kept()).isEqualTo(Duration.ofDays(90));
        assertThatThrownBy(() -> kept.set("1h"))
                .isInstanceOf(LecternException.class)
                .hasMessageContaining("0 or a time from 1d to 3650d");
        assertThat(new RetentionPeriods(Duration.ZERO, Set.of(plain), Map.of(week, 7)).shortestOf(Set.of(plain)))
                .isEmpty();
    }
}
