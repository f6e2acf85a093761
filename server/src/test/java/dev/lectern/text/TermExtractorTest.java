package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermExtractorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "The Café’s cafés              | the cafe cafes",
                "ＦＵＬＬ width                 | full width",
                "Straße STRASSE                | straße strasse",
                "今天好                         | 今天 天好",
                "한국어                         | 한국 국어",
                "ไทย                           | ไท ทย",
                "好                             | 好",
                "हिन्दी हिन्दू                    | हिन्दी हिन्दू",
                "كِتَاب كتاب                   | كتاب",
                "Ёлка елка                     | елка",
                "バス ハス                       | バス ハス",
            })
    void words_ofText_areFolded(String text, String terms) {
        assertThat(String.join(" ", TermExtractor.words(text))).isEqualTo(terms);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "en | Which organisations organised 1,000 wars? | organ 1000 war",
                "de | Welche Häuser wurden gebaut?              | hause gebau",
                "es | ¿Cuántos años duró la guerra?             | ano duro guerr",
                "zh | 什么是今天                                  | 么是 是今 今天",
                "xx | The end                                   | the end",
            })
    void stems_ofText_areWithoutEndingsAndStopWords(String language, String text, String terms) {
        assertThat(String.join(" ", TermExtractor.stems(text, StopWords.of(language))))
                .isEqualTo(terms);
    }

    @ParameterizedTest
    @CsvSource({
        "en,which",
        "de,welche",
        "fr,quelle",
        "it,della",
        "ru,если",
        "hi,और",
        "ar,من",
        "cs,jsem",
        "th,และ",
        "hy,են"
    })
    void stopWords_ofALanguage_haveItsArticlesAndPronouns(String language, String word) {
        assertThat(StopWords.of(language)).contains(word).noneMatch(any -> any.startsWith("#"));
    }

    @ParameterizedTest
    @CsvSource({"und", "xx", "''"})
    void stopWords_ofAnUnknownLanguage_areNone(String language) {
        assertThat(StopWords.of(language)).isEqualTo(Set.of());
    }
}
