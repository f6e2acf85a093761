package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordTokenizerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "It's 3.5 million, isn’t it?        | It's 3.5 million isn’t it",
                "Version 10.2.1 at 12:30, 1,000.    | Version 10.2.1 at 12:30 1,000",
                "5kg of COVID-19 in user_id         | 5 kg of COVID 19 in user id",
                "Die Größe (z. B. über 2 m)         | Die Größe z B über 2 m",
                "यह हिन्दी है।                          | यह हिन्दी है",
                "آج موسم اچھا ہے۔                   | آج موسم اچھا ہے",
                "հայերեն լեզու։                     | հայերեն լեզու",
                "አማርኛ ቋንቋ።                          | አማርኛ ቋንቋ",
                "今天很好，2015年有OK吗？             | 今天很好 2015 年有 OK 吗",
                "カタカナー、ひらがな                  | カタカナー ひらがな",
                "오늘은 맑습니다                      | 오늘은 맑습니다",
                "ภาษาไทย ง่าย                        | ภาษาไทย ง่าย",
                "二〇一五                            | 二〇一五",
                "𝒜𝒷 x                               | 𝒜𝒷 x",
                "… — !                              | ~~",
            })
    void of_text_findsWordsAndNumbers(String text, String words) {
        assertThat(joined(text, WordTokenizer.of(text))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "COVID-19 in user_id,COVID-19 in user_id",
        "5kg B2B,5kg B2B",
        "what - about it,what about it",
        "a--b,a b",
    })
    void compounds_ofHyphensAndUnderscores_areOneWord(String text, String words) {
        assertThat(joined(text, WordTokenizer.compounds(text))).isEqualTo(words);
    }

    @Test
    void isDense_ofKorean_isTrueAlthoughItHasSpaces() {
        assertThat(WordTokenizer.isDense('한')).isTrue();
        assertThat(WordTokenizer.isUnspaced('한')).isFalse();
        assertThat("汉あアไກខမー".codePoints()).allMatch(WordTokenizer::isDense).allMatch(WordTokenizer::isUnspaced);
        assertThat("aßжहعա".codePoints()).noneMatch(WordTokenizer::isDense);
    }

    private static String joined(String text, List<Span> words) {
        return words.stream().map(span -> span.in(text)).collect(Collectors.joining(" "));
    }
}
