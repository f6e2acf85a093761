package dev.lectern.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditEntryTest {
    @Test
    void actions_haveStableNames() {
        assertThat(AuditAction.COLLECTION_DELETED.text()).isEqualTo("collection.deleted");
        assertThat(AuditAction.SIGN_IN_FAILED.text()).isEqualTo("sign_in.failed");
        assertThat(AuditAction.SIGN_OUT.text()).isEqualTo("sign_out");
        assertThat(AuditAction.REEMBEDDING_ROLLED_BACK.text()).isEqualTo("reembedding.rolled_back");
        assertThat(AuditAction.OPERATOR_KEY_REJECTED.text()).isEqualTo("operator_key.rejected");
        Set<String> names = new HashSet<>();
        Arrays.stream(AuditAction.values()).forEach(action -> {
            assertThat(action.text()).matches("[a-z_]+(\\.[a-z_]+)?");
            assertThat(names.add(action.text())).as(action.text()).isTrue();
            assertThat(AuditAction.find(action.text())).contains(action);
        });
        assertThat(AuditAction.find("moon.landed")).isEmpty();
    }

    /** Whatever the values are, all details together have at most 2 kB. */
    @Test
    void details_areBounded() {
        for (String letter : new String[] {"a", "\"", "\\", "é", "€", "\ud83d\ude00", "\u0001", "\ud800"}) {
            AuditEntry entry = AuditEntry.of(AuditAction.SETTINGS_CHANGED, null, "setting", letter.repeat(5_000));
            for (int i = 0; i < 7; i++) {
                entry = entry.with("abcdefghijklmnopqrstuvwxyzab" + (char) ('a' + i), letter.repeat(5_000));
            }
            String json = JsonMapper.shared().writeValueAsString(entry.details());
            assertThat(json.getBytes(StandardCharsets.UTF_8)).as(letter).hasSizeLessThanOrEqualTo(2_048);
            assertThat(entry.details().values()).allMatch(value -> value.endsWith("…") && value.length() > 50);
            AuditEntry full = entry;
            assertThatThrownBy(() -> full.with("another", 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> AuditEntry.of(AuditAction.SIGN_OUT, null, null).with("no name", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** As the documentation describes it; another hash would make every stored chain invalid. */
    @Test
    void hash_isThatOfTheDocumentation() {
        AuditRecord entry = new AuditRecord(
                1,
                Instant.ofEpochMilli(1_795_766_400_000L),
                "operator:operator",
                "operator",
                "192.0.2.7",
                null,
                "collection.deleted",
                "collection",
                "01m8",
                "done",
                Map.of("name", "Büro", "documents", "12"),
                AuditRecord.ORIGIN,
                "");
        assertThat(entry.computeHash()).isEqualTo("8d0a28bd170456213437a5ee537f16001db07e8c7d02a1a94ab15a3c55fbd98f");
    }
}
