package dev.lectern.ingestion.parsing.formats.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.formats.html.MarkupTable;
import dev.lectern.ingestion.passages.ParsedDocument;
import dev.lectern.library.Block;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedDocumentBuilderTest {
    private final ParsedDocumentBuilder builder =
            new ParsedDocumentBuilder(new ParseLimits(50_000_000, 2_000_000, 200, 3));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anonymous",
                "(Unknown)",
                "openpyxl",
                "python-docx",
                "Microsoft Office User",
                "Windows-User",
                "Unknown Creator",
                "Apache POI",
                "user",
                "-"
            })
    void metadata_authorThatIsNone_isLeftOut(String author) {
        builder.metadata("author", author);
        builder.metadata("author", "Anonymous Lee");
        builder.metadata("keywords", author);

        assertThat(builder.build("T", "a.docx").metadata())
                .containsEntry("author", List.of("Anonymous Lee"))
                .containsEntry("keywords", List.of(author));
    }

    @Test
    void tables_ofMoreColumnsThanAreKept_countTheOthers() {
        MarkupTable table = new MarkupTable();
        MergedTableBuilder rows = new MergedTableBuilder(builder);
        for (int i = 0; i < 1_003; i++) {
            table.startCell("td", 1, 1);
            table.addText("v" + i);
            table.endCell();
            rows.cell("w" + i, 1, 1);
        }
        table.endRow(builder, false);
        rows.endRow(false);

        ParsedDocument document = builder.build("T", "a.html");
        assertThat(document.notices()).containsExactly(new ReadingNotice(Kind.PAST_LIMIT, 6, null, null));
        assertThat(document.text()).contains("v999", "w999").doesNotContain("v1000", "w1000");
    }

    @Test
    void row_wideTableWithTwoHeaderRows_namesEachValueByBoth() {
        builder.row(true, row("Sensor", i -> i <= 7 ? "CO2" : "Humidity"));
        builder.row(true, row("Sensor", i -> "Month " + i));
        builder.row(false, row("TS-0087", i -> "" + (400 + i)));

        assertThat(rows())
                .contains("Sensor: TS-0087 | CO2 / Month 1: 401 | CO2 / Month 2: 402 | CO2 / Month 3: 403"
                        + " | CO2 / Month 4: 404 | CO2 / Month 5: 405 | CO2 / Month 6: 406")
                .last()
                .isEqualTo("Sensor: TS-0087 | Humidity / Month 13: 413 | Humidity / Month 14: 414");
    }

    @Test
    void row_commentWithinAWideTable_doesNotEndIt() {
        builder.row(true, row("Sensor", i -> "Month " + i));
        builder.row(false, row("TS-0087", i -> "" + i));
        builder.note(Mark.COMMENT, "Measured twice.");
        builder.row(false, row("TS-0088", i -> "" + i));

        assertThat(rows()).contains("Sensor: TS-0088 | Month 13: 13 | Month 14: 14");
    }

    @Test
    void row_nextTable_hasNamesOfItsOwn() {
        builder.row(true, row("Sensor", i -> "Month " + i));
        builder.row(false, row("TS-0087", i -> "" + i));
        builder.row(true, List.of("City", "Limit"));
        builder.row(false, List.of("Munich", "140"));

        assertThat(rows()).endsWith("City | Limit", "Munich | 140");
    }

    @Test
    void row_barWithinACell_partsNoCells() {
        builder.row(false, List.of("a | b", "| c |"));

        assertThat(rows()).containsExactly("a|b | |c|");
    }

    private List<String> rows() {
        ParsedDocument document = builder.build("Title", "file.xlsx");
        List<String> rows = new ArrayList<>();
        for (Block block : document.blocks()) {
            if (block.type().isTable()) {
                rows.add(block.in(document.text()));
            }
        }
        return rows;
    }

    private static List<String> row(String label, java.util.function.IntFunction<String> value) {
        List<String> cells = new ArrayList<>(List.of(label));
        IntStream.rangeClosed(1, 14).mapToObj(value).forEach(cells::add);
        return cells;
    }
}
