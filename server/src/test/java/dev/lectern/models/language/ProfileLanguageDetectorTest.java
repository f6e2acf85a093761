package dev.lectern.models.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileLanguageDetectorTest {
    private static final ProfileLanguageDetector DETECTOR = new ProfileLanguageDetector();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|The committee published its report on the state of the rivers in the north of the country.",
                "de|Der Ausschuss veröffentlichte seinen Bericht über den Zustand der Flüsse im Norden des Landes.",
                "es|El comité publicó su informe sobre el estado de los ríos en el norte del país.",
                "fr|Le comité a publié son rapport sur l'état des rivières dans le nord du pays.",
                "it|Il comitato ha pubblicato la sua relazione sullo stato dei fiumi nel nord del paese.",
                "pt|O comité publicou o seu relatório sobre o estado dos rios no norte do país.",
                "nl|De commissie publiceerde haar verslag over de toestand van de rivieren in het noorden.",
                "pl|Komisja opublikowała raport o stanie rzek na północy kraju.",
                "ru|Комитет опубликовал доклад о состоянии рек на севере страны.",
                "ar|نشرت اللجنة تقريرها عن حالة الأنهار في شمال البلاد.",
                "hi|समिति ने देश के उत्तर में नदियों की स्थिति पर अपनी रिपोर्ट प्रकाशित की।",
                "tr|Komite, ülkenin kuzeyindeki nehirlerin durumuna ilişkin raporunu yayımladı.",
                "vi|Ủy ban đã công bố báo cáo về tình trạng các con sông ở miền bắc đất nước.",
                "zh|委员会发表了关于该国北部河流状况的报告。",
                "ja|委員会は国の北部の川の状態についての報告書を発表した。",
                "ko|위원회는 나라 북부 강들의 상태에 관한 보고서를 발표했다.",
                "th|คณะกรรมการเผยแพร่รายงานเกี่ยวกับสภาพแม่น้ำทางตอนเหนือของประเทศ",
                "el|Η επιτροπή δημοσίευσε την έκθεσή της για την κατάσταση των ποταμών.",
                "zh|北京",
                "ja|東京タワー",
                "ko|서울",
                "zh|使用 BM25 算法进行检索"
            })
    void detect_sentence_isKnown(String language, String sentence) {
        assertThat(DETECTOR.detect(sentence)).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "12345 67 89", "🎉🎉", "BM25", "\uD83D", "x = y + 1;"})
    void detect_noLanguage_isUndetermined(String text) {
        assertThat(DETECTOR.detect(text)).isEqualTo("und");
    }

    @Test
    void detect_hugeText_readsItsStartOnly() {
        String start = "The committee published its report on the rivers. ".repeat(1_000);
        String rest = "Der Ausschuss veröffentlichte seinen Bericht über die Flüsse. ".repeat(100_000);
        assertThat(DETECTOR.detect(start + rest)).isEqualTo("en");
    }

    @Test
    void detect_manyThreads_agree() {
        assertThat(IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(i -> DETECTOR.detect("Der Ausschuss veröffentlichte seinen Bericht über die Flüsse."))
                        .distinct())
                .containsExactly("de");
    }
}
