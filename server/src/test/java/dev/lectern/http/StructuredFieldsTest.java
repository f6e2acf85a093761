package dev.lectern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredFieldsTest {

    @Test
    void list_ofTheRfc_isParsed() {
        assertThat(StructuredFields.parseList("\"a\\\"b\";q=100 ,\tc;d;e=?0; f=-1  "))
                .isEqualTo(List.of(
                        new StructuredFields.Item("a\"b", Map.of("q", 100L)),
                        new StructuredFields.Item(
                                new StructuredFields.Token("c"), Map.of("d", true, "e", false, "f", -1L))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ip\";q=100,",
                ", \"ip\"",
                "\"ip\" ;q=100",
                "\"ip\";Q=100",
                "\"ip\";q =100",
                "\"ip\";q=",
                "\"ip;q=100",
                "\"i\u00e9\";q=1",
                "\"ip\" \"ask\"",
                "\"ip\";q=1234567890123456",
                "\"i\\p\"",
                "=1"
            })
    void list_againstTheRfc_fails(String field) {
        assertThatThrownBy(() -> StructuredFields.parseList(field)).isInstanceOf(IllegalArgumentException.class);
    }
}
