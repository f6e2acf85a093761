package dev.lectern.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitleGeneratorTest {

    @Test
    void of_short_isTheQuestionOnOneLine() {
        assertThat(TitleGenerator.of("  Who\n is it? ")).isEqualTo("Who is it?");
    }

    @Test
    void of_oneLongWord_isCutWithinIt() {
        assertThat(TitleGenerator.of("x".repeat(300))).isEqualTo("x".repeat(59) + "…");
    }

    @Test
    void of_wideCharacters_neverCutsOneInTwo() {
        String title = TitleGenerator.of("😀".repeat(100));
        assertThat(title.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                .isEmpty();
    }

    @Test
    void of_chinese_isCut() {
        assertThat(TitleGenerator.of("员工每年有多少天年假".repeat(10)).length()).isBetween(31, 60);
    }
}
