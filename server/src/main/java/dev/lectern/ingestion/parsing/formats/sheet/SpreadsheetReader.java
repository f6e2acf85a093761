package dev.lectern.ingestion.parsing.formats.sheet;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.office.DocumentProperties;
import dev.lectern.ingestion.parsing.formats.xml.XmlDocumentReader;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.ReadingNotice.Kind;
import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.model.Comments;
import org.apache.poi.xssf.model.SharedStrings;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.apache.poi.xssf.usermodel.XSSFShape;
import org.apache.poi.xssf.usermodel.XSSFSimpleShape;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Workbooks of Office Open XML, sheet by sheet, hidden ones too. The sheets are streamed; each cell is read as its program shows it, but ids, dates and
 * formulas without a stored result as they are.
 */
public final class SpreadsheetReader implements FormatReader {
    private static final Set<String> HIDDEN = Set.of("hidden", "veryHidden");

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, OpenXML4JException, SAXException, XMLStreamException {
        try (OPCPackage workbook = open(inputFile)) {
            XSSFReader reader = new XSSFReader(workbook);
            SharedStrings strings = new ReadOnlySharedStringsTable(workbook, false);
            Set<String> hidden = hiddenSheets(reader);
            XSSFReader.SheetIterator sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
            SpreadsheetValues values = new SpreadsheetValues(reader.getStylesTable(), uses1904(reader));
            SheetOutput output = new SheetOutput(out);
            SpreadsheetRows rows = new SpreadsheetRows(output, strings, values);
            while (sheets.hasNext()) {
                try (InputStream sheet = sheets.next()) {
                    String name = sheets.getSheetName();
                    output.start(name, hidden.contains(name));
                    rows.read(sheet, mergedRegions(sheets.getSheetPart().getInputStream()));
                }
                addComments(sheets.getSheetComments(), output);
                addShapes(sheets.getShapes(), output);
                addDrawings(sheets.getSheetPart(), output, out);
            }
            output.finish();
            out.notice(Kind.FORMULAS_WITHOUT_RESULT, rows.formulasWithoutResult());
            String title = readProperties(inputFile, out);
            if (title != null) {
                return title;
            }
            // The headings are the names of sheets.
            out.takeTitleFrom(TitleSource.STEM);
            return null;
        }
    }

    private static OPCPackage open(InputFile inputFile) throws InvalidFormatException {
        return OPCPackage.open(inputFile.file().toFile(), PackageAccess.READ);
    }

    private static @Nullable String readProperties(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, XMLStreamException {
        try (ZipPackage parts = new ZipPackage(inputFile)) {
            String core = parts.related("", "core-properties");
            return DocumentProperties.read(core == null ? null : parts.readWhole(core), out);
        }
    }

    private static List<CellRangeAddress> mergedRegions(InputStream sheet) throws IOException, XMLStreamException {
        List<CellRangeAddress> merged = new ArrayList<>();
        try (sheet) {
            XMLStreamReader xml = XmlDocumentReader.factory().createXMLStreamReader(sheet);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("mergeCell")) {
                    merged.add(CellRangeAddress.valueOf(xml.getAttributeValue(null, "ref")));
                }
            }
        }
        return merged;
    }

    private static Set<String> hiddenSheets(XSSFReader reader)
            throws IOException, InvalidFormatException, XMLStreamException {
        Set<String> hidden = new HashSet<>();
        try (InputStream workbook = reader.getWorkbookData()) {
            XMLStreamReader xml = XmlDocumentReader.factory().createXMLStreamReader(workbook);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("sheet")
                        && HIDDEN.contains(String.valueOf(xml.getAttributeValue(null, "state")))) {
                    hidden.add(xml.getAttributeValue(null, "name"));
                }
            }
        }
        return hidden;
    }

    private static boolean uses1904(XSSFReader reader) throws IOException, InvalidFormatException, XMLStreamException {
        try (InputStream workbook = reader.getWorkbookData()) {
            XMLStreamReader xml = XmlDocumentReader.factory().createXMLStreamReader(workbook);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("workbookPr")) {
                    return Set.of("1", "true").contains(String.valueOf(xml.getAttributeValue(null, "date1904")));
                }
            }
        }
        return false;
    }

    private static void addComments(@Nullable Comments comments, SheetOutput output) {
        if (comments != null) {
            for (var cells = comments.getCellAddresses(); cells.hasNext(); ) {
                XSSFComment comment = comments.findCellComment(cells.next());
                String text =
                        comment.getString() == null ? "" : comment.getString().getString();
                String author = comment.getAuthor() == null ? "" : comment.getAuthor();
                // Programs begin the text with the author, too; answers of threads name theirs only there.
                boolean named = text.stripLeading().startsWith(author) || author.startsWith("tc=");
                output.comment(String.valueOf(comment.getAddress()), named ? "" : author, text);
            }
        }
    }

    private static void addShapes(@Nullable List<XSSFShape> shapes, SheetOutput output) {
        for (XSSFShape shape : shapes == null ? List.<XSSFShape>of() : shapes) {
            if (shape instanceof XSSFSimpleShape box && box.getText() != null) {
                output.text(box.getText());
            }
        }
    }

    /** Titles and names of axes of charts, whose figures are in a sheet; the number of pictures. */
    private static void addDrawings(PackagePart sheet, SheetOutput output, ParsedDocumentBuilder out)
            throws IOException, InvalidFormatException, XMLStreamException {
        for (PackageRelationship drawing : sheet.getRelationshipsByType(XSSFRelation.DRAWINGS.getRelation())) {
            PackagePart drawn = sheet.getRelatedPart(drawing);
            for (PackageRelationship chart : drawn.getRelationshipsByType(XSSFRelation.CHART.getRelation())) {
                readTexts(drawn.getRelatedPart(chart)).forEach(output::text);
            }
            out.notice(
                    Kind.PICTURES,
                    drawn.getRelationshipsByType(XSSFRelation.IMAGES.getRelation())
                            .size());
        }
        out.notice(
                Kind.EMBEDDED_OBJECTS,
                sheet.getRelationshipsByType(XSSFRelation.OLEEMBEDDINGS.getRelation())
                                .size()
                        + sheet.getRelationshipsByType(XSSFRelation.PACKEMBEDDINGS.getRelation())
                                .size());
    }

    private static List<String> readTexts(PackagePart chart) throws IOException, XMLStreamException {
        List<String> texts = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        try (InputStream in = chart.getInputStream()) {
            XMLStreamReader xml = XmlDocumentReader.factory().createXMLStreamReader(in);
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("t")) {
                    paragraph.append(xml.getElementText());
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("p")) {
                    texts.add(paragraph.toString());
                    paragraph.setLength(0);
                }
            }
        }
        return texts.stream().filter(text -> !text.isBlank()).toList();
    }
}
