package dev.lectern.ingestion.parsing.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.ingestion.parsing.ParseOutcome;
import dev.lectern.ingestion.parsing.ParseOutcome.Parsed;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.library.ReadingNotice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.hssf.usermodel.HSSFCellStyle;
import org.apache.poi.hssf.usermodel.HSSFClientAnchor;
import org.apache.poi.hssf.usermodel.HSSFComment;
import org.apache.poi.hssf.usermodel.HSSFRichTextString;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinarySheetReaderTest {
    private static final ParseLimits LIMITS = new ParseLimits(50_000_000, 2_000_000, 200, 3);

    @TempDir
    private Path folder;

    /** Sentences of the file that was read last. */
    private List<String> notices = List.of();

    @Test
    void read_workbookOf97_isReadLikeNewerOnes() throws IOException {
        byte[] content;
        try (HSSFWorkbook book = new HSSFWorkbook()) {
            HSSFSheet sheet = book.createSheet("Rates");
            Row title = sheet.createRow(0);
            title.createCell(0).setCellValue("Rates of 2025");
            Row names = sheet.createRow(1);
            names.createCell(0).setCellValue("Region");
            names.createCell(1).setCellValue("Id");
            names.createCell(2).setCellValue("Day");
            Row first = sheet.createRow(2);
            first.createCell(0).setCellValue("South");
            first.createCell(1).setCellValue(1234567890123456d);
            first.createCell(2).setCellValue(45601);
            HSSFCellStyle day = book.createCellStyle();
            day.setDataFormat(book.createDataFormat().getFormat("dd.mm.yyyy"));
            first.getCell(2).setCellStyle(day);
            Row second = sheet.createRow(3);
            second.createCell(1).setCellFormula("\"KX-\"&1");
            second.setZeroHeight(true);
            book.getCreationHelper().createFormulaEvaluator().evaluateAll();
            sheet.addMergedRegion(CellRangeAddress.valueOf("A1:C1"));
            sheet.addMergedRegion(CellRangeAddress.valueOf("A3:A4"));
            sheet.getHeader().setLeft("Confidential");
            HSSFComment comment = sheet.createDrawingPatriarch()
                    .createCellComment(new HSSFClientAnchor(0, 0, 0, 0, (short) 1, 1, (short) 3, 4));
            comment.setString(new HSSFRichTextString("Old id."));
            comment.setAuthor("Ann Lee");
            first.getCell(1).setCellComment(comment);
            book.createSheet("Old").createRow(0).createCell(0).setCellValue("cancelled");
            book.setSheetHidden(1, true);
            book.createInformationProperties();
            book.getSummaryInformation().setAuthor("Ben");
            content = TestFiles.bytes(book::write);
        }
        assertThat(read("rates.xls", content))
                .containsExactly(
                        "HEADING Rates",
                        "PARAGRAPH Rates of 2025",
                        "TABLE_HEADER Region | Id | Day",
                        "TABLE_ROW South | 1234567890123456 | 05.11.2024",
                        "TABLE_ROW[HIDDEN] South | KX-1",
                        "NOTE[COMMENT] Comment on B3 by Ann Lee: Old id.",
                        "FURNITURE[HEADER] Confidential",
                        "HEADING[HIDDEN] Old (hidden sheet)",
                        "TABLE_ROW[HIDDEN] cancelled");
        assertThat(notices).containsExactly("2 hidden sheets, slides, rows or columns are included: Old, 1 rows.");
    }

    /** A worksheet of Excel 4: formats, a row of names, a row with a text, a date and a packed number, a formula with a text. */
    @Test
    void read_sheetOfExcel4_keepsItsRows() throws IOException {
        Biff biff = new Biff();
        biff.record(0x0409, 6, record -> record.putShort((short) 0).putShort((short) 0x10));
        biff.text(0x041E, 2, "General");
        biff.text(0x041E, 2, "yyyy-mm-dd");
        biff.record(0x0443, 12, record -> record.put((byte) 0).put((byte) 0));
        biff.record(0x0443, 12, record -> record.put((byte) 0).put((byte) 1));
        biff.label(0, 0, "Site");
        biff.label(0, 1, "Opened");
        biff.label(0, 2, "Beds");
        biff.label(1, 0, "Porto");
        biff.record(
                0x0203,
                14,
                record -> record.putShort((short) 1)
                        .putShort((short) 1)
                        .putShort((short) 1)
                        .putDouble(33000));
        biff.record(
                0x027E,
                10,
                record -> record.putShort((short) 1)
                        .putShort((short) 2)
                        .putShort((short) 0)
                        .putInt(40 << 2 | 2));
        biff.record(0x000A, 0, record -> {});
        assertThat(read("old.xls", biff.bytes()))
                .containsExactly(
                        "HEADING Sheet 1", "TABLE_HEADER Site | Opened | Beds", "TABLE_ROW Porto | 1990-05-07 | 40");
    }

    /** Records of the old format, little endian. */
    private static final class Biff {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        interface Filling {
            void accept(ByteBuffer record);
        }

        void record(int type, int length, Filling filling) {
            ByteBuffer record = ByteBuffer.allocate(4 + length).order(ByteOrder.LITTLE_ENDIAN);
            record.putShort((short) type).putShort((short) length);
            filling.accept(record);
            out.writeBytes(record.array());
        }

        void label(int row, int column, String text) {
            byte[] letters = text.getBytes(StandardCharsets.ISO_8859_1);
            record(
                    0x0204,
                    8 + letters.length,
                    record -> record.putShort((short) row)
                            .putShort((short) column)
                            .putShort((short) 0)
                            .putShort((short) letters.length)
                            .put(letters));
        }

        void text(int type, int unused, String text) {
            byte[] letters = text.getBytes(StandardCharsets.ISO_8859_1);
            record(
                    type,
                    unused + 1 + letters.length,
                    record -> record.position(4 + unused)
                            .put((byte) letters.length)
                            .put(letters));
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    private List<String> read(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        ParseOutcome outcome = new DocumentReader().read(file, name, LIMITS);
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
