package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MentionExtractorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | It cost 1,000 dollars.          | They paid 1000 dollars.",
                "de | Es kostete 1.000 Euro.          | Sie zahlten tausend Euro.",
                "en | It has two hundred and five.    | There are 205.",
                "en | Twenty-five people came.        | 25 came.",
                "en | It made $1.5 million.           | It made 1,500,000 dollars.",
                "en | It was 12.50.                   | It was 12.5",
                "en | It took 6½ hours.               | It took 6.5 hours.",
                "en | He came on 2020-05-12.          | He came on 12 May 2020.",
                "en | It ended in 1763.               | The war (1754–63) was long.",
                "en | It was popular in the 80s.      | It was popular in the 1980s.",
                "zh | 2015 年有 15 场。                 | 二〇一五年有十五场。",
                "zh | 有 50000 人。                    | 有五万人。",
                "fr | Il coûte 3 millions.            | Il coûte trois millions.",
                "en | It was said by Tesla’s friends. | Nikola Tesla said so.",
                "en | It belongs to the UMC.          | the United Methodist Church",
                "en | the United Methodist Church     | It belongs to the UMC.",
                "en | the German king                 | the king of Germany",
                "en | He met André there.             | Andre was there.",
                "de | Sie traf Frau Angela Müller.    | Angela Müller war da."
            })
    void says_sameNumberOrNameWrittenOtherwise_isTrue(String language, String claim, String evidence) {
        assertThat(missing(language, claim, evidence)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | It cost 1,000 dollars.    | They paid 100 dollars.      | 1,000",
                "en | It made 1.5 billion.      | It made 1.5 million.        | 1.5",
                "en | Three hundred came.       | 30 or 200 came.             | Three hundred",
                "en | It was built by Gaudí.    | It was built in Barcelona.  | Gaudí",
                "en | We use MySQL there.       | It uses PostgreSQL.         | MySQL",
                "en | Kawann Short won.         | Kony Ealy won.              | Kawann",
                "zh | 由马里奥·爱迪生赢得。          | 卡万·肖特赢了。               | 奥·爱",
                "ja | それはアインシュタインです。    | それはニュートンです。         | アインシュタイン"
            })
    void says_otherNumberOrName_isFalse(String language, String claim, String evidence, String first) {
        assertThat(missing(language, claim, evidence)).startsWith(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | However, one of them is useful.",
                "en | When I looked, it was gone.",
                "de | Die Katze saß auf dem Dach der Kirche.",
                "zh | 这是统一的万一。",
                "en | ALL OF THIS IS SHOUTED LOUDLY."
            })
    void of_sentenceWithoutNamesAndNumbers_findsNone(String language, String claim) {
        assertThat(missing(language, claim, "")).isEmpty();
    }

    private static List<String> missing(String language, String claim, String evidence) {
        MentionIndex said = MentionIndex.of(evidence == null ? "" : evidence);
        return MentionExtractor.of(claim, language).stream()
                .filter(detail -> !said.contains(detail))
                .map(detail -> detail.span().in(claim))
                .toList();
    }
}
