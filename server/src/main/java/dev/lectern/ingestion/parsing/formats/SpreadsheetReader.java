package dev.lectern.ingestion.parsing.formats;

import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
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
import org.apache.poi.ss.util.CellReference;
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
final class SpreadsheetReader implements FormatReader {
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
            boolean filled = false;
            for (int number = 1; sheets.hasNext(); number++) {
                out.page(number);
                try (InputStream sheet = sheets.next()) {
                    String name = sheets.getSheetName();
                    out.heading(1, hidden.contains(name) ? name + " (hidden sheet)" : name);
                    List<CellRangeAddress> merged =
                            mergedRegions(sheets.getSheetPart().getInputStream());
                    filled |= readRows(sheet, strings, values, new SheetTableBuilder(out, merged));
                }
                filled |= addComments(sheets.getSheetComments(), out);
                filled |= addShapes(sheets.getShapes(), out);
                filled |= addChartTexts(sheets.getSheetPart(), out);
            }
            if (!filled) {
                throw RejectionException.noText("The file has sheets, but no cell with anything in it.");
            }
            String title = workbook.getPackageProperties().getTitleProperty().orElse("");
            if (FileNameParser.isTitle(title)) {
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

    /** Reads the rows and returns whether there is any. */
    private static boolean readRows(
            InputStream sheet, SharedStrings strings, SpreadsheetValues values, SheetTableBuilder table)
            throws XMLStreamException {
        XMLStreamReader xml = XmlDocumentReader.factory().createXMLStreamReader(sheet);
        boolean filled = false;
        int next = 0;
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("row")) {
                String number = xml.getAttributeValue(null, "r");
                int index = number == null ? next : Integer.parseInt(number) - 1;
                next = index + 1;
                NavigableMap<Integer, String> cells = readCells(xml, strings, values);
                filled |= !cells.isEmpty();
                table.add(index, cells);
            }
        }
        table.finish();
        return filled;
    }

    private static NavigableMap<Integer, String> readCells(
            XMLStreamReader xml, SharedStrings strings, SpreadsheetValues values) throws XMLStreamException {
        NavigableMap<Integer, String> cells = new TreeMap<>();
        int next = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("c")) {
                String reference = xml.getAttributeValue(null, "r");
                int column = reference == null ? next : new CellReference(reference).getCol();
                next = column + 1;
                String value = SpreadsheetCell.read(xml).describe(strings, values);
                if (!value.isBlank()) {
                    cells.put(column, value);
                }
            }
        }
        return cells;
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

    private static boolean addComments(@Nullable Comments comments, ParsedDocumentBuilder out) {
        boolean any = false;
        if (comments != null) {
            for (var cells = comments.getCellAddresses(); cells.hasNext(); ) {
                XSSFComment comment = comments.findCellComment(cells.next());
                String text =
                        comment.getString() == null ? "" : comment.getString().getString();
                any |= !text.isBlank();
                out.paragraph(text.isBlank() ? "" : "Comment on " + comment.getAddress() + ": " + text);
            }
        }
        return any;
    }

    private static boolean addShapes(@Nullable List<XSSFShape> shapes, ParsedDocumentBuilder out) {
        boolean any = false;
        for (XSSFShape shape : shapes == null ? List.<XSSFShape>of() : shapes) {
            if (shape instanceof XSSFSimpleShape box
                    && box.getText() != null
                    && !box.getText().isBlank()) {
                out.paragraph(box.getText());
                any = true;
            }
        }
        return any;
    }

    /** Titles and names of axes; the figures of a chart are in a sheet. */
    private static boolean addChartTexts(PackagePart sheet, ParsedDocumentBuilder out)
            throws IOException, InvalidFormatException, XMLStreamException {
        boolean any = false;
        for (PackageRelationship drawing : sheet.getRelationshipsByType(XSSFRelation.DRAWINGS.getRelation())) {
            PackagePart drawn = sheet.getRelatedPart(drawing);
            for (PackageRelationship chart : drawn.getRelationshipsByType(XSSFRelation.CHART.getRelation())) {
                for (String text : readTexts(drawn.getRelatedPart(chart))) {
                    out.paragraph(text);
                    any = true;
                }
            }
        }
        return any;
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
