package dev.lectern.ingestion.parsing.formats.sheet;

import dev.lectern.ingestion.parsing.formats.xml.XmlDocumentReader;
import dev.lectern.library.Block.Mark;
import java.io.InputStream;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.model.SharedStrings;
import org.jspecify.annotations.Nullable;

/** Streams the rows of a sheet of Office Open XML. */
final class SpreadsheetRows {
    private static final Set<String> HEADERS = Set.of("oddHeader", "evenHeader", "firstHeader");
    private static final Set<String> FOOTERS = Set.of("oddFooter", "evenFooter", "firstFooter");

    private final SheetOutput output;
    private final SharedStrings strings;
    private final SpreadsheetValues values;
    private int formulasWithoutResult;

    SpreadsheetRows(SheetOutput output, SharedStrings strings, SpreadsheetValues values) {
        this.output = output;
        this.strings = strings;
        this.values = values;
    }

    int formulasWithoutResult() {
        return formulasWithoutResult;
    }

    void read(InputStream sheet, List<CellRangeAddress> merged) throws XMLStreamException {
        XMLStreamReader xml = XmlDocumentReader.factory().createXMLStreamReader(sheet);
        SheetTableBuilder table = output.table(merged);
        int next = 0;
        boolean over = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("sheetData") && !over) {
                output.finish(table);
                over = true;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String name = xml.getLocalName();
            if (name.equals("row")) {
                String number = xml.getAttributeValue(null, "r");
                boolean hidden = isOn(xml.getAttributeValue(null, "hidden"));
                int index = number == null ? next : Integer.parseInt(number) - 1;
                next = index + 1;
                table.add(index, readCells(xml), hidden);
            } else if (name.equals("col") && isOn(xml.getAttributeValue(null, "hidden"))) {
                output.hideColumns(
                        Integer.parseInt(xml.getAttributeValue(null, "min")) - 1,
                        Integer.parseInt(xml.getAttributeValue(null, "max")) - 1);
            } else if (HEADERS.contains(name)) {
                output.running(Mark.HEADER, xml.getElementText());
            } else if (FOOTERS.contains(name)) {
                output.running(Mark.FOOTER, xml.getElementText());
            }
        }
        if (!over) {
            output.finish(table);
        }
    }

    private static boolean isOn(@Nullable String attribute) {
        return "1".equals(attribute) || "true".equals(attribute);
    }

    private NavigableMap<Integer, String> readCells(XMLStreamReader xml) throws XMLStreamException {
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
                SpreadsheetCell cell = SpreadsheetCell.read(xml);
                formulasWithoutResult += cell.lacksResult() ? 1 : 0;
                String value = cell.describe(strings, values);
                if (!value.isBlank()) {
                    cells.put(column, value);
                }
            }
        }
        return cells;
    }
}
