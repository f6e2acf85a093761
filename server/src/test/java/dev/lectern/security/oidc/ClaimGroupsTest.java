package dev.lectern.security.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimGroupsTest {

    @Test
    void groups_areReadInEveryFormThatProvidersSend() {
        assertThat(ClaimGroups.read(Map.of("groups", List.of("staff", " hr ", "")), "groups"))
                .containsExactly("staff", "hr");
        assertThat(ClaimGroups.read(Map.of("groups", "staff"), "groups")).containsExactly("staff");
        assertThat(ClaimGroups.read(Map.of("groups", "staff, human resources"), "groups"))
                .containsExactly("staff", "human resources");
        assertThat(ClaimGroups.read(Map.of("groups", "staff hr"), "groups")).containsExactly("staff", "hr");
        assertThat(ClaimGroups.read(Map.of("realm_access", Map.of("roles", List.of("staff"))), "realm_access.roles"))
                .containsExactly("staff");
        assertThat(ClaimGroups.read(
                        Map.of("https://example.org/groups", List.of("staff")), "https://example.org/groups"))
                .containsExactly("staff");
        assertThat(ClaimGroups.read(Map.of("groups", List.of(Map.of("name", "staff"))), "groups"))
                .containsExactly("staff");
    }

    @Test
    void anythingElse_isNoGroup() {
        assertThat(ClaimGroups.read(Map.of(), "groups")).isEmpty();
        assertThat(ClaimGroups.read(Map.of("groups", 7), "groups")).isEmpty();
        assertThat(ClaimGroups.read(Map.of("groups", List.of(7, List.of("staff"))), "groups"))
                .isEmpty();
        assertThat(ClaimGroups.read(Map.of("realm_access", "staff"), "realm_access.roles"))
                .isEmpty();
    }
}
