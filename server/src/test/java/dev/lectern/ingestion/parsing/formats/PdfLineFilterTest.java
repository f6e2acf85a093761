package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PdfLineFilterTest {
    @Test
    void heads_thatAreTheSameOrNumberThePages_stayOnce() {
        List<PdfLine> lines = new ArrayList<>();
        for (int page = 1; page <= 5; page++) {
            lines.addAll(
                    page(page, "Annual report 2024", "Text " + "abcde".charAt(page - 1), "Page " + page + " of 5"));
        }
        assertThat(texts(PdfRunningHeadFilter.removeRunningHeads(lines)))
                .containsExactly("Annual report 2024", "Text a", "Page 1 of 5", "Text b", "Text c", "Text d", "Text e");
    }

    @Test
    void bareNumbers_areRemovedOnlyWhenTheyRiseWithThePage() {
        List<PdfLine> numbered = new ArrayList<>();
        List<PdfLine> readings = new ArrayList<>();
        for (int page = 1; page <= 5; page++) {
            numbered.addAll(page(page, "Text " + "abcde".charAt(page - 1), "more", "text", "" + (page + 3)));
            readings.addAll(page(page, "Text " + "abcde".charAt(page - 1), "more", "text", "" + (31_900 + page * 17)));
        }
        assertThat(texts(PdfRunningHeadFilter.removeRunningHeads(numbered))).noneMatch(text -> text.matches("\\d+"));
        assertThat(texts(PdfRunningHeadFilter.removeRunningHeads(readings))).contains("31917", "31934", "31985");
    }

    @Test
    void invoicesOfOnePage_keepTheirNumbersDatesAndTotals() {
        List<PdfLine> lines = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            lines.addAll(page(
                    page,
                    "Invoice no. " + (90_416 + page),
                    "Date: " + page + " March",
                    "Work",
                    "Total due: " + page * 905 + " EUR"));
        }
        assertThat(texts(PdfRunningHeadFilter.removeRunningHeads(lines)))
                .contains("Invoice no. 90417", "Invoice no. 90420", "Total due: 905 EUR", "Total due: 3620 EUR");
    }

    @Test
    void headsOfLeftAndRightPages_stayOnceEach() {
        List<PdfLine> lines = new ArrayList<>();
        for (int page = 1; page <= 8; page++) {
            lines.addAll(page(
                    page,
                    page % 2 == 0 ? "The Book" : "The Chapter",
                    word(page, 1),
                    word(page, 2),
                    word(page, 3),
                    word(page, 4)));
        }
        assertThat(texts(PdfRunningHeadFilter.removeRunningHeads(lines)))
                .containsOnlyOnce("The Book", "The Chapter")
                .hasSize(8 * 4 + 2);
    }

    @Test
    void documentOfThreePages_keepsEverything() {
        List<PdfLine> lines = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            lines.addAll(page(page, "Head", "Text", "" + page));
        }
        assertThat(PdfRunningHeadFilter.removeRunningHeads(lines)).isEqualTo(lines);
    }

    @Test
    void pricesBehindLeaders_areNoTableOfContents() {
        List<PdfLine> prices = page(1, "Timing belt ........ 96", "Gasket ......... 12", "Pump ....... 240", "Text");
        assertThat(PdfContentsFilter.removeContents(prices, 3)).isEqualTo(prices);
        List<PdfLine> rising = page(1, "Nut ........ 1", "Bolt ......... 2", "Washer ....... 3");
        assertThat(PdfContentsFilter.removeContents(rising, 3)).isEqualTo(rising);
    }

    @Test
    void entriesThatStandInTheTextAgain_areATableOfContents() {
        List<PdfLine> lines = new ArrayList<>(
                page(1, "Contents", "1 Pumps . . . . . . 2", "2 Valves ....... 4", "3 Seals ....... 9"));
        lines.addAll(page(2, "1 Pumps", "Text", "2 Valves"));
        assertThat(texts(PdfContentsFilter.removeContents(lines, 10)))
                .containsExactly("Contents", "1 Pumps", "Text", "2 Valves");
    }

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
    }

    private static String word(int page, int line) {
        return "text " + (char) ('a' + page * 4 + line - 5);
    }

    private static String join(HyphenJoiner joiner, String before, String after) {
        StringBuilder text = new StringBuilder(before);
        joiner.continueAfterHyphen(text, after);
        return text.append(after).toString();
    }

    private static List<PdfLine> page(int number, String... texts) {
        List<PdfLine> lines = new ArrayList<>();
        for (String text : texts) {
            lines.add(new PdfLine(text, number, 72, 300, 80 + lines.size() * 14, 11, false, false));
        }
        return lines;
    }

    private static List<String> texts(List<PdfLine> lines) {
        return lines.stream().map(PdfLine::text).toList();
    }
}
