package dev.lectern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lectern.NeedsServer;
import dev.lectern.audit.AuditRecord;
import dev.lectern.audit.TestAudit;
import dev.lectern.configuration.SecretFiles;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RuntimeSetting;
import dev.lectern.shared.Secret;
import dev.lectern.shared.SecretEncryption;
import dev.lectern.storage.DatabaseEngine;
import dev.lectern.storage.Dialect;
import dev.lectern.storage.OnEveryDatabase;
import dev.lectern.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

/** Changed settings on one node and another, on both databases. */
@NeedsServer
@OnEveryDatabase
@SuppressWarnings("NullAway.Init") // Made once for each database.
class RuntimeSettingsTest {
    private static final Caller OPERATOR = new Caller.Operator("operator");
    private static final String LIMIT = "LECTERN_TEST_LIMIT";
    private static final String PAUSE = "LECTERN_TEST_PAUSE";
    private static final String KEY = "LECTERN_OPENAI_API_KEY";

    @TempDir
    static Path folder;

    private static TestDatabase database;

    private TestAudit audit;

    /** The methods below are given what this is given. */
    RuntimeSettingsTest(DatabaseEngine engine) {}

    @BeforeParameterizedClassInvocation
    static void start(DatabaseEngine engine) throws Exception {
        database = engine.open(Files.createTempDirectory(folder, "data"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        TestAudit.clear(database);
        database.jdbc().sql("DELETE FROM runtime_setting").update();
        audit = TestAudit.open(database);
    }

    @AfterEach
    void close() {
        audit.close();
    }

    /** A process with two settings. */
    private final class Node {
        private final RuntimeSetting<Integer> limit = RuntimeSetting.ofNumber("lectern.test.limit", 10, 0, 100);
        private final RuntimeSetting<Duration> pause = RuntimeSetting.ofDuration(
                "lectern.test.pause", Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofHours(1));
        private final List<String> keys = new CopyOnWriteArrayList<>();
        private final RuntimeSetting<Secret> key =
                RuntimeSetting.ofSecret("lectern.openai.api-key", secret -> keys.add(secret.reveal()));
        private final MockEnvironment environment = new MockEnvironment();
        private final RuntimeSettings settings = new RuntimeSettings(
                List.of(() -> List.of(limit, pause, key)),
                new RuntimeSettingRepository(database.jdbc()),
                database.transactions(),
                audit.log(),
                InstantSource.system(),
                environment,
                new StaticListableBeanFactory(Map.of("cipher", new ReversingCipher()))
                        .getBeanProvider(SecretEncryption.class));
    }

    /** Not secret, but not the text either, and bound to its purpose. */
    private static final class ReversingCipher implements SecretEncryption {
        @Override
        public String encrypt(String secret, String purpose) {
            return purpose + "#" + new StringBuilder(secret).reverse();
        }

        @Override
        public String decrypt(String encrypted, String purpose) {
            assertThat(encrypted).startsWith(purpose + "#");
            return new StringBuilder(encrypted.substring(purpose.length() + 1))
                    .reverse()
                    .toString();
        }
    }

    @Test
    void secret_isStoredEncryptedAndShownNowhere_andReachesOtherNodes() {
        Node node = new Node();
        Node other = new Node();
        other.settings.refresh();
        AdjustableSetting changed = node.settings.change(OPERATOR, KEY, "first-secret", null);
        node.settings.change(OPERATOR, KEY, "second-secret", null);
        assertThat(changed.kind()).isEqualTo("secret");
        assertThat(changed.value()).isEqualTo("***");
        assertThat(node.keys).containsExactly("first-secret", "second-secret");
        assertThat(database.jdbc()
                        .sql("SELECT value FROM runtime_setting WHERE name = ?")
                        .param(KEY)
                        .query(String.class)
                        .single())
                .doesNotContain("secret\"", "second-secret")
                .startsWith("runtime_setting:" + KEY);
        assertThat(audit.entries()).hasSize(2).allSatisfy(entry -> assertThat(entry.toString())
                .contains("***")
                .doesNotContain("first-secret", "second-secret", "terces"));
        other.settings.refresh();
        assertThat(other.keys).containsExactly("second-secret");
        assertThatThrownBy(() -> node.settings.change(OPERATOR, KEY, "bad secret", null))
                .hasMessageContaining(KEY)
                .hasMessageNotContaining("bad secret");
        node.settings.reset(OPERATOR, KEY, null);
        assertThat(node.keys).last().isEqualTo("");

        Node fixed = new Node();
        fixed.environment.setProperty("lectern.openai.api-key", "of-the-environment");
        assertThat(fixed.settings.get(OPERATOR, KEY).fixed()).isTrue();
        assertThatThrownBy(() -> fixed.settings.change(OPERATOR, KEY, "third-secret", null))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void secretInAFile_isReplacedWithTheFile_andStaysWhenTheFileIsGone() throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "key", ""), "first-secret\n");
        Node node = new Node();
        node.environment.setProperty("lectern.openai.api-key", "first-secret");
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        SecretFilePoller poller = new SecretFilePoller(
                node.settings, SecretFiles.of(Map.of(KEY + "_FILE", file.toString())), executor);
        try {
            poller.start();
            assertThat(node.keys).isEmpty();
            Files.writeString(file, "second-secret\n");
            await().atMost(Duration.ofSeconds(60)).until(() -> node.keys.contains("second-secret"));
            Files.delete(file);
            poller.poll();
            node.settings.refresh();
            assertThat(node.keys).containsExactly("second-secret");
        } finally {
            poller.stop();
            executor.shutdownNow();
        }
    }

    @Test
    void change_takesEffect_isStoredAndRecorded() {
        Node node = new Node();
        AdjustableSetting before = node.settings.get(OPERATOR, LIMIT);
        assertThat(before.value()).isEqualTo("10");
        assertThat(before.version()).isZero();
        assertThat(before.fixed()).isFalse();
        assertThat(before.changedAt()).isNull();

        AdjustableSetting changed = node.settings.change(OPERATOR, LIMIT, " 025 ", RuntimeSettings.entityTag(before));
        assertThat(node.limit.value()).isEqualTo(25);
        assertThat(changed.value()).isEqualTo("25");
        assertThat(changed.defaultValue()).isEqualTo("10");
        assertThat(changed.version()).isEqualTo(1);
        assertThat(changed.changedBy()).isEqualTo("operator:operator");
        node.settings.change(OPERATOR, PAUSE, "90s", null);
        assertThat(node.pause.value()).isEqualTo(Duration.ofSeconds(90));

        Node restarted = new Node();
        restarted.settings.refresh();
        assertThat(restarted.limit.value()).isEqualTo(25);
        AdjustableSetting reset = restarted.settings.reset(OPERATOR, LIMIT, RuntimeSettings.entityTag(changed));
        assertThat(reset.value()).isEqualTo("10");
        assertThat(reset.version()).isEqualTo(2);
        assertThat(restarted.limit.value()).isEqualTo(10);
        assertThat(restarted.settings.list(OPERATOR))
                .extracting(AdjustableSetting::name)
                .containsExactly(KEY, LIMIT, PAUSE);

        assertThat(audit.entries())
                .extracting(AuditRecord::action)
                .containsExactly("settings.changed", "settings.changed", "settings.changed");
        AuditRecord first = audit.entries().getFirst();
        assertThat(first.subjectId()).isEqualTo(LIMIT);
        assertThat(first.details())
                .containsEntry("former", "10")
                .containsEntry("value", "25")
                .containsEntry("default", "false");
        assertThat(audit.entries().get(1).details())
                .containsEntry("former", "30s")
                .containsEntry("value", "90s");
        assertThat(audit.entries().getLast().details())
                .containsEntry("former", "25")
                .containsEntry("value", "10")
                .containsEntry("default", "true");
    }

    @Test
    void refusedChanges_changeNothing() {
        Node node = new Node();
        for (String value : List.of("101", "-1", "", "ten", "9".repeat(3_000))) {
            assertThatThrownBy(() -> node.settings.change(OPERATOR, LIMIT, value, null))
                    .isInstanceOfSatisfying(LecternException.class, refused -> {
                        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                        assertThat(refused.getMessage())
                                .startsWith(LIMIT + "=")
                                .endsWith(" is not valid. Set it to a whole number from 0 to 100.")
                                .hasSizeLessThan(200);
                    });
        }
        for (String value : List.of("30", "2h", "0s", "1d", "99999999999999999d")) {
            assertThatThrownBy(() -> node.settings.change(OPERATOR, PAUSE, value, null))
                    .hasMessageEndingWith("Set it to a time from 1ms to 1h.");
        }
        assertThatThrownBy(() -> node.settings.change(OPERATOR, "LECTERN_HOST", "x", null))
                .isInstanceOfSatisfying(
                        LecternException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> node.settings.list(new Caller.Visitor("v")))
                .isInstanceOfSatisfying(
                        LecternException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN));
        assertThatThrownBy(() -> node.settings.change(new Caller.Visitor("v"), LIMIT, "1", null))
                .isInstanceOf(LecternException.class);
        AdjustableSetting seen = node.settings.change(OPERATOR, LIMIT, "20", null);
        node.settings.change(OPERATOR, LIMIT, "30", null);
        assertThatThrownBy(() -> node.settings.change(OPERATOR, LIMIT, "40", RuntimeSettings.entityTag(seen)))
                .isInstanceOfSatisfying(
                        LecternException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
        assertThat(node.limit.value()).isEqualTo(30);
        assertThat(audit.entries()).hasSize(2);
    }

    @Test
    void environment_comesFirst() {
        Node node = new Node();
        node.settings.change(OPERATOR, LIMIT, "20", null);
        Node fixed = new Node();
        fixed.environment.setProperty("lectern.test.limit", "10");
        fixed.settings.refresh();
        assertThat(fixed.limit.value()).isEqualTo(10);
        assertThat(fixed.settings.get(OPERATOR, LIMIT).fixed()).isTrue();
        for (Runnable change : List.<Runnable>of(
                () -> fixed.settings.change(OPERATOR, LIMIT, "30", null),
                () -> fixed.settings.reset(OPERATOR, LIMIT, null))) {
            assertThatThrownBy(change::run)
                    .isInstanceOfSatisfying(
                            LecternException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
        }
    }

    @Test
    void storedValue_thatIsNotValidAnyMore_isTheDefault() {
        Node node = new Node();
        node.settings.change(OPERATOR, LIMIT, "20", null);
        database.jdbc().sql("UPDATE runtime_setting SET value = '1000'").update();
        Node later = new Node();
        later.settings.refresh();
        assertThat(later.limit.value()).isEqualTo(10);
    }

    @Test
    void changesAtOnce_areAllCounted() throws Exception {
        Node one = new Node();
        Node two = new Node();
        List<Future<?>> changes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String value = Integer.toString(i);
                RuntimeSettings settings = i % 2 == 0 ? one.settings : two.settings;
                changes.add(threads.submit(() -> settings.change(OPERATOR, LIMIT, value, null)));
            }
            for (Future<?> change : changes) {
                change.get();
            }
        }
        assertThat(one.settings.get(OPERATOR, LIMIT).version()).isEqualTo(20);
        assertThat(one.limit.value())
                .isEqualTo(Integer.parseInt(two.settings.get(OPERATOR, LIMIT).value()));
        assertThat(audit.entries()).hasSize(20);
    }

    @Test
    void otherNode_takesOverAChange() {
        Node here = new Node();
        Node there = new Node();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            RuntimeSettingsPoller poller = new RuntimeSettingsPoller(there.settings, executor, Dialect.POSTGRESQL);
            poller.start();
            try {
                here.settings.change(OPERATOR, LIMIT, "77", null);
                await().atMost(Duration.ofSeconds(60)).until(() -> there.limit.value() == 77);
                here.settings.reset(OPERATOR, LIMIT, null);
                await().atMost(Duration.ofSeconds(60)).until(() -> there.limit.value() == 10);
            } finally {
                poller.stop();
            }
        }
    }
}
