package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimatorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | 0",
                "a            | 1",
                "abcd         | 1",
                "abcde        | 2",
                "Größe “x” …  | 3",
                "Việt Nam     | 2",
                "привет       | 2",
                "हिन्दी         | 2",
                "مرحبا        | 2",
                "今天天气       | 4",
                "。、         | 2",
                "한국어        | 3",
                "ไทย          | 3"
            })
    void of_scripts_countsByDensity(String text, int tokens) {
        assertThat(TokenEstimator.of(text)).isEqualTo(tokens);
    }
}
