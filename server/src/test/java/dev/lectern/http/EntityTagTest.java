package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    private static final String TAG = EntityTag.of("Handbook");

    @Test
    void tag_isTheSameForEqualPartsOnly() {
        assertThat(TAG).isEqualTo(EntityTag.of("Handbook")).matches("\"[0-9a-f]{16}\"");
        assertThat(EntityTag.of("a", "b")).isNotEqualTo(EntityTag.of("ab", "")).isNotEqualTo(EntityTag.of("ab"));
        assertThat(EntityTag.of(List.of("a"))).isNotEqualTo(EntityTag.of(List.of()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"*", " * ", "@", " @ ", "\"other\", @", "W/\"weak\",@"})
    void condition_thatNamesTheTag_holds(@Nullable String header) {
        String value = header == null ? null : header.replace("@", TAG);
        assertThatCode(() -> EntityTag.requireMatch(value, TAG)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/@", "\"\"", "\"a\", \"b\""})
    void condition_ofAnotherState_fails(String header) {
        assertThatThrownBy(() -> EntityTag.requireMatch(header.replace("@", TAG), TAG))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                .hasMessageContaining(TAG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "\"a", "\"a\" \"b\"", "\"a\",,x", "*, \"a\""})
    void condition_thatIsMalformed_isInvalid(String header) {
        assertThatThrownBy(() -> EntityTag.requireMatch(header, TAG))
                .isInstanceOfSatisfying(
                        LecternException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }
}
