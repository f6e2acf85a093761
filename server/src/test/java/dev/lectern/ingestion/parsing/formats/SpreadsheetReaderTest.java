package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.ParseOutcome.Parsed;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.library.ReadingNotice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadsheetReaderTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    /** Sentences of the file that was read last. */
    private List<String> notices = List.of();

    @Test
    void read_mergedCells_giveEachRowTheirValue() throws IOException {
        assertThat(read(book -> {
                    Sheet sheet = book.createSheet("Rates");
                    rows(
                            sheet,
                            List.of("Region", "City", "Limit"),
                            List.of("South", "Munich", 168),
                            List.of("", "Augsburg", 121));
                    merge(sheet, "A2:A3");
                }))
                .containsExactly(
                        "HEADING Rates",
                        "TABLE_HEADER Region | City | Limit",
                        "TABLE_ROW South | Munich | 168",
                        "TABLE_ROW South | Augsburg | 121");
    }

    @Test
    void read_namesInTwoRows_areJoinedForEachColumn() throws IOException {
        assertThat(read(book -> {
                    Sheet sheet = book.createSheet("Output");
                    rows(
                            sheet,
                            List.of("Plant", 2023, "", 2024, ""),
                            List.of("", "Planned", "Produced", "Planned", "Produced"),
                            List.of("Orsova", 2750, 2801, 2900, 2644));
                    merge(sheet, "A1:A2");
                    merge(sheet, "B1:C1");
                    merge(sheet, "D1:E1");
                }))
                .containsExactly(
                        "HEADING Output",
                        "TABLE_HEADER Plant | 2023 Planned | 2023 Produced | 2024 Planned | 2024 Produced",
                        "TABLE_ROW Orsova | 2750 | 2801 | 2900 | 2644");
    }

    @Test
    void read_titlesAboveATable_areParagraphs_andSectionsWithinItAreRows() throws IOException {
        assertThat(read(book -> {
                    Sheet sheet = book.createSheet("Tariff");
                    rows(
                            sheet,
                            List.of("Parking tariff 2025"),
                            List.of(),
                            List.of("Zone", "Hour", "Day ticket"),
                            List.of("Old town", "", ""),
                            List.of("Market", 3.2, 21));
                    merge(sheet, "A1:C1");
                    merge(sheet, "A4:C4");
                }))
                .containsExactly(
                        "HEADING Tariff",
                        "PARAGRAPH Parking tariff 2025",
                        "TABLE_HEADER Zone | Hour | Day ticket",
                        "TABLE_ROW Old town",
                        "TABLE_ROW Market | 3.2 | 21");
    }

    @Test
    void read_tableOfTexts_takesOnlyItsFirstRowAsNames() throws IOException {
        assertThat(read(book -> rows(
                        book.createSheet("People"),
                        List.of("Name", "Task"),
                        List.of("Mara", "Pumps"),
                        List.of("Omar", "Kiln"))))
                .containsExactly(
                        "HEADING People",
                        "TABLE_HEADER Name | Task",
                        "TABLE_ROW Mara | Pumps",
                        "TABLE_ROW Omar | Kiln");
    }

    @Test
    void read_valuesAndFormats_areShownAsTheProgramDoes() throws IOException {
        assertThat(read(book -> {
                    Sheet sheet = book.createSheet("Values");
                    rows(
                            sheet,
                            List.of("Id", "Share", "Day", "Local day", "Fee", "Code"),
                            List.of(
                                    1234567890123456d,
                                    0.125,
                                    LocalDate.of(2024, 11, 5),
                                    LocalDate.of(2024, 11, 5),
                                    84700,
                                    "0093"));
                    Row row = sheet.getRow(1);
                    format(book, row.getCell(1), "0.0%");
                    format(book, row.getCell(2), "DD.MM.YYYY");
                    format(book, row.getCell(3), "m/d/yy");
                    format(book, row.getCell(4), "#,##0.00 \"EUR\"");
                    Row formulas = sheet.createRow(2);
                    formulas.createCell(0).setCellFormula("SUM(A1:A2)");
                    formulas.createCell(1).setCellValue(true);
                }))
                .containsExactly(
                        "HEADING Values",
                        "TABLE_HEADER Id | Share | Day | Local day | Fee | Code",
                        "TABLE_ROW 1234567890123456 | 12.5% | 05.11.2024 | 2024-11-05 | 84,700.00 EUR | 0093",
                        "TABLE_ROW =SUM(A1:A2) (formula without a stored result) | TRUE");
        assertThat(notices)
                .containsExactly("1 formula has no stored result. Open the file, save it and read it again.");
    }

    @Test
    void read_wideTable_repeatsNamesAndTheFirstCell() throws IOException {
        List<String> blocks = read(book -> {
            Sheet sheet = book.createSheet("Sensors");
            Row names = sheet.createRow(0);
            Row values = sheet.createRow(1);
            names.createCell(0).setCellValue("Sensor");
            values.createCell(0).setCellValue("TS-0087");
            IntStream.range(1, 14).forEach(column -> {
                names.createCell(column).setCellValue("CO2 in month " + column);
                values.createCell(column).setCellValue(400 + column);
            });
        });
        assertThat(blocks)
                .hasSize(5)
                .contains(
                        "TABLE_ROW Sensor: TS-0087 | CO2 in month 1: 401 | CO2 in month 2: 402 | CO2 in month 3: 403"
                                + " | CO2 in month 4: 404 | CO2 in month 5: 405 | CO2 in month 6: 406",
                        "TABLE_ROW Sensor: TS-0087 | CO2 in month 13: 413");
        assertThat(blocks.get(1)).startsWith("PARAGRAPH Sensor | CO2 in month 1 |");
    }

    @Test
    void read_hiddenSheetAndComments_areIncludedAndSaidToBeSo() throws IOException {
        assertThat(read(book -> {
                    XSSFSheet sheet = book.createSheet("Open");
                    rows(sheet, List.of("Key", "Note"), List.of("KX-1", "paid"));
                    sheet.createDrawingPatriarch()
                            .createCellComment(new XSSFClientAnchor())
                            .setString("Asked twice");
                    rows(book.createSheet("Old"), List.of("Key", "Note"), List.of("KX-2", "cancelled"));
                    book.setSheetHidden(1, true);
                }))
                .containsExactly(
                        "HEADING Open",
                        "TABLE_HEADER Key | Note",
                        "TABLE_ROW KX-1 | paid",
                        "NOTE[COMMENT] Comment on A1: Asked twice",
                        "HEADING[HIDDEN] Old (hidden sheet)",
                        "TABLE_HEADER[HIDDEN] Key | Note",
                        "TABLE_ROW[HIDDEN] KX-2 | cancelled");
        assertThat(notices).containsExactly("1 hidden sheet, slide, row or column is included: Old.");
    }

    @Test
    void read_hiddenRowsAndColumns_areMarkedAndCounted() throws IOException {
        assertThat(read(book -> {
                    Sheet sheet = book.createSheet("Open");
                    rows(sheet, List.of("Key", "Note"), List.of("KX-1", "paid"), List.of("KX-2", "cancelled"));
                    sheet.getRow(2).setZeroHeight(true);
                    sheet.setColumnHidden(1, true);
                    sheet.setColumnHidden(9, true);
                }))
                .containsExactly(
                        "HEADING Open",
                        "TABLE_HEADER Key | Note",
                        "TABLE_ROW KX-1 | paid",
                        "TABLE_ROW[HIDDEN] KX-2 | cancelled");
        assertThat(notices)
                .containsExactly("2 hidden sheets, slides, rows or columns are included: 1 rows, 1 columns.");
    }

    @Test
    void read_headerAndFooter_comeOnceWithoutTheirCodes() throws IOException {
        assertThat(read(book -> {
                    for (String name : List.of("A", "B")) {
                        Sheet sheet = book.createSheet(name);
                        rows(sheet, List.of("Key", "Note"));
                        sheet.getHeader().setLeft("&\"Arial,Bold\"&12Price list R&&D");
                        sheet.getFooter().setCenter("Page &P of &N");
                    }
                }))
                .containsOnlyOnce("FURNITURE[HEADER] Price list R&D")
                .noneMatch(block -> block.contains("Page"));
    }

    @Test
    void read_numbers_haveNoMoreDigitsThanAProgramShows_andIdsAreWhole() throws IOException {
        assertThat(read(book -> {
                    Sheet sheet = book.createSheet("Values");
                    rows(sheet, List.of("Sum", "Id"), List.of(0.1 + 0.2, 1234567890123456d));
                    format(book, sheet.getRow(1).getCell(1), "@");
                    rows(book.createSheet("Large"), List.of("Key", "Value"), List.of("a", 1e300));
                }))
                .contains("TABLE_ROW 0.3 | 1234567890123456", "TABLE_ROW a | 1.0E300");
    }

    private static void rows(Sheet sheet, List<?>... rows) {
        for (int i = 0; i < rows.length; i++) {
            Row row = sheet.createRow(i);
            for (int column = 0; column < rows[i].size(); column++) {
                Cell cell = row.createCell(column);
                switch (rows[i].get(column)) {
                    case Number number -> cell.setCellValue(number.doubleValue());
                    case LocalDate day -> cell.setCellValue(day);
                    case Object text -> {
                        if (!text.toString().isEmpty()) {
                            cell.setCellValue(text.toString());
                        }
                    }
                }
            }
        }
    }

    private static void merge(Sheet sheet, String region) {
        sheet.addMergedRegion(CellRangeAddress.valueOf(region));
    }

    private static void format(XSSFWorkbook book, Cell cell, String format) {
        CellStyle style = book.createCellStyle();
        style.setDataFormat(book.createDataFormat().getFormat(format));
        cell.setCellStyle(style);
    }

    private List<String> read(Consumer<XSSFWorkbook> filling) throws IOException {
        Path file = folder.resolve("book.xlsx");
        try (XSSFWorkbook book = new XSSFWorkbook();
                OutputStream out = Files.newOutputStream(file)) {
            filling.accept(book);
            book.write(out);
        }
        ParseOutcome outcome = new DocumentReader().read(file, "book.xlsx", LIMITS);
        assertThat(outcome).as("%s", outcome).isInstanceOf(Parsed.class);
        var document = ((Parsed) outcome).document();
        notices = document.notices().stream().map(ReadingNotice::sentence).toList();
        return document.blocks().stream()
                .map(block -> block.type()
                        + (block.marks().isEmpty() ? "" : block.marks().toString())
                        + " "
                        + block.in(document.text()))
                .toList();
    }
}
