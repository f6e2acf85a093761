package dev.lectern.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.shared.Caller.Operator;
import dev.lectern.shared.Caller.SystemTask;
import dev.lectern.shared.Caller.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    @Test
    void text_everyKind_isReadAgain() {
        List<Caller> callers = new ArrayList<>(List.of(SystemTask.values()));
        callers.add(new Visitor("01j:with:colons"));
        callers.add(new Operator("operator"));
        assertThat(callers)
                .allSatisfy(caller -> assertThat(Caller.parse(caller.text())).contains(caller));
        assertThat(callers).extracting(Caller::text).doesNotHaveDuplicates();
    }

    /** Jobs and the ledger have these texts. */
    @Test
    void text_isStable() {
        assertThat(new Visitor("v1").text()).isEqualTo("visitor:v1");
        assertThat(new Operator("operator").text()).isEqualTo("operator:operator");
        assertThat(SystemTask.SOURCE_SCAN.text()).isEqualTo("system:source_scan");
    }

    /** Conversations of earlier versions are stored under these ids. */
    @Test
    void id_ofVisitorsAndOperators_hasNoKind() {
        assertThat(new Visitor("v1").id()).isEqualTo("v1");
        assertThat(new Operator("operator").id()).isEqualTo("operator");
    }

    @Test
    void parse_ofPeopleAndKeys_tellsWhoItWas_andGrantsNothing() {
        Caller.User person = new Caller.User("u1", "Ada", true, Set.of("g1"));
        assertThat(Caller.parse(person.text())).contains(new Caller.User("u1", "u1", false, Set.of()));
        Caller.ApiKey key = new Caller.ApiKey("k1", "somebody/else", Set.of(Scope.ADMIN), Set.of(), null);
        assertThat(Caller.parse(key.text()))
                .contains(new Caller.ApiKey("k1", "somebody/else", Set.of(), Set.of(), null))
                .get()
                .returns(false, Caller::isAdministrator)
                .returns(key.id(), Caller::id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "visitor", "visitor:", ":v1", "robot:r1", "system:nothing"})
    void parse_unknownText_isEmpty(String text) {
        assertThat(Caller.parse(text)).isEmpty();
    }

    @Test
    void systemTask_hasNoMorePermissionsThanItsWork() {
        assertThat(SystemTask.values()).noneMatch(task -> task.isGranted(Permission.MANAGE));
        assertThat(SystemTask.MAINTENANCE.isGranted(Permission.READ)).isTrue();
        assertThat(SystemTask.MAINTENANCE.isGranted(Permission.WRITE)).isFalse();
        assertThat(SystemTask.SOURCE_SCAN.isGranted(Permission.WRITE)).isTrue();
    }

    @Test
    void requireAdministrator_anyoneElse_isForbidden() {
        new Operator("operator").requireAdministrator("For operators.");
        for (Caller other : List.of(new Visitor("v1"), SystemTask.EVALUATION)) {
            assertThatExceptionOfType(LecternException.class)
                    .isThrownBy(() -> other.requireAdministrator("For operators."))
                    .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FORBIDDEN))
                    .withMessage("For operators.");
        }
    }

    @Test
    void labels_matchDocumentsWithoutLabelsAndWithOneOfThem() {
        AccessLabels staff = AccessLabels.of(Set.of("staff", "board"));
        assertThat(staff.matches(Set.of())).isTrue();
        assertThat(staff.matches(Set.of("board", "other"))).isTrue();
        assertThat(staff.matches(Set.of("other"))).isFalse();
        assertThat(AccessLabels.NONE.matches(Set.of("staff"))).isFalse();
        assertThat(AccessLabels.UNRESTRICTED.matches(Set.of("staff"))).isTrue();
    }

    @Test
    void labels_cacheKeys_areEqualForEqualLabelsOnly() {
        assertThat(AccessLabels.of(Set.of("a", "b")).cacheKey())
                .isEqualTo(AccessLabels.of(Set.of("b", "a")).cacheKey());
        assertThat(List.of(
                                AccessLabels.NONE,
                                AccessLabels.UNRESTRICTED,
                                AccessLabels.of(Set.of("*")),
                                AccessLabels.of(Set.of("a", "b")),
                                AccessLabels.of(Set.of("ab")),
                                AccessLabels.of(Set.of("a1:b")))
                        .stream()
                        .map(AccessLabels::cacheKey))
                .doesNotHaveDuplicates();
    }
}
