package dev.lectern.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "01m82mzq5630czt.12.3", "Az09._:-"})
    void id_asTheApiGivesThem_isTaken(String id) {
        assertThat(new PassageId(id).value()).isEqualTo(id);
        assertThat(new PassageId("x".repeat(128)).value()).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a/b", "a\n", "../x", "a%20", "['x']", "@", "[", "`", "{"})
    void id_ofAnythingElse_isNothingThatIsThere(String id) {
        assertThatThrownBy(() -> new DocumentId(id))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> new DocumentId("x".repeat(129))).isInstanceOf(LecternException.class);
    }
}
