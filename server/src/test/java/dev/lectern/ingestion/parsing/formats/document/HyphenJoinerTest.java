package dev.lectern.ingestion.parsing.formats.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HyphenJoinerTest {
    @Test
    void hyphens_thatWereTyped_stay() {
        HyphenJoiner joiner = new HyphenJoiner(List.of(
                "The price-determining part and the",
                "determining price of interesting",
                "things, well-",
                "known and un-",
                "known"));
        assertThat(join(joiner, "inter-", "esting")).isEqualTo("interesting");
        assertThat(join(joiner, "the price-", "determining")).isEqualTo("the price-determining");
        assertThat(join(joiner, "XR-", "4410")).isEqualTo("XR-4410");
        assertThat(join(joiner, "Müller-", "Lüdenscheidt")).isEqualTo("Müller-Lüdenscheidt");
        assertThat(join(joiner, "Haupt-", "und Nebensache")).isEqualTo("Haupt- und Nebensache");
        assertThat(join(joiner, "magnifi-", "cent")).isEqualTo("magnificent");
        assertThat(join(joiner, "self-", "made")).isEqualTo("self-made");
    }

    @Test
    void isBrokenWord_forAWordThatIsWholeElsewhere_isTrue() {
        HyphenJoiner joiner = new HyphenJoiner(
                List.of("Millbrook lifts water,", "and Millbrook is old", "Millbroo", "k", "for ward"));
        assertThat(joiner.isBrokenWord("Millbroo", "k")).isTrue();
        assertThat(joiner.isBrokenWord("water", "is old")).isFalse();
        assertThat(joiner.isBrokenWord("for", "ward")).isFalse();
    }

    private static String join(HyphenJoiner joiner, String before, String after) {
        StringBuilder text = new StringBuilder(before);
        joiner.continueAfterHyphen(text, after);
        return text.append(after).toString();
    }
}
