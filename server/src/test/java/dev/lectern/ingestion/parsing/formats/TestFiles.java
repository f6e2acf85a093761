package dev.lectern.ingestion.parsing.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;

/** Makes small files of many formats. */
final class TestFiles {
    private TestFiles() {}

    /** Writes something that can fail. */
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(bytes);
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        return bytes(out -> {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            }
        });
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] docx() throws IOException {
        try (XWPFDocument document = new XWPFDocument()) {
            document.createParagraph().createRun().setText("A paragraph of the letter.");
            XWPFTable table = document.createTable(2, 2);
            table.getRow(0).getCell(0).setText("Name");
            table.getRow(0).getCell(1).setText("Price");
            table.getRow(1).getCell(0).setText("Lamp");
            table.getRow(1).getCell(1).setText("12.50");
            return bytes(document::write);
        }
    }

    static byte[] xlsx() throws IOException {
        try (Workbook book = new XSSFWorkbook()) {
            return filled(book);
        }
    }

    static byte[] xls() throws IOException {
        try (Workbook book = new HSSFWorkbook()) {
            return filled(book);
        }
    }

    private static byte[] filled(Workbook book) throws IOException {
        Sheet sheet = book.createSheet("Stock");
        Row head = sheet.createRow(0);
        head.createCell(0).setCellValue("Name");
        head.createCell(1).setCellValue("Pieces");
        Row row = sheet.createRow(1);
        row.createCell(0).setCellValue("Lamp");
        row.createCell(1).setCellValue(7);
        return bytes(book::write);
    }

    static byte[] pptx() throws IOException {
        try (XMLSlideShow show = new XMLSlideShow()) {
            for (int i = 1; i <= 2; i++) {
                XSLFSlide slide = show.createSlide();
                XSLFTextBox title = slide.createTextBox();
                title.setText("Topic " + i);
                XSLFTextBox body = slide.createTextBox();
                body.setText("What is said about it.");
            }
            return bytes(show::write);
        }
    }

    /** So many times the same page; lines that start with {@code #} are large, with {@code >} apart. */
    static byte[] pdf(int copies, String... lines) throws IOException {
        try (PDDocument document = new PDDocument()) {
            addPage(document, lines);
            PDPage first = document.getPage(0);
            for (int i = 1; i < copies; i++) {
                PDPage page = new PDPage();
                page.setResources(first.getResources());
                page.getCOSObject()
                        .setItem(COSName.CONTENTS, first.getCOSObject().getItem(COSName.CONTENTS));
                document.addPage(page);
            }
            return bytes(document::save);
        }
    }

    static byte[] encryptedPdf() throws IOException {
        try (PDDocument document = new PDDocument()) {
            addPage(document, "Secret");
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return bytes(document::save);
        }
    }

    static byte[] emptyPdf() throws IOException {
        return pdf(2);
    }

    private static void addPage(PDDocument document, String... lines) throws IOException {
        PDPage page = new PDPage();
        document.addPage(page);
        if (lines.length == 0) {
            return;
        }
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            float y = 700;
            for (String line : lines) {
                boolean heading = line.startsWith("# ");
                boolean apart = line.startsWith("> ");
                y -= heading || apart ? 40 : 14;
                content.beginText();
                content.setFont(new PDType1Font(FontName.HELVETICA), heading ? 20 : 11);
                content.newLineAtOffset(72, y);
                content.showText(heading || apart ? line.substring(2) : line);
                content.endText();
            }
        }
    }
}
