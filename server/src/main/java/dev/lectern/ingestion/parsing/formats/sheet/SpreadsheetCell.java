package dev.lectern.ingestion.parsing.formats.sheet;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.xssf.model.SharedStrings;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;

/**
 * A cell as a sheet of Office Open XML stores it.
 *
 * @param type of its value, as in the attribute {@code t}; {@code n} without one
 * @param style index of its style
 * @param value stored value or result of the formula, may be empty
 * @param formula may be empty
 * @param inline text of an inline string, may be empty
 */
public record SpreadsheetCell(String type, int style, String value, String formula, String inline) {

    /** Reads from the start of the element {@code c} to its end. */
    static SpreadsheetCell read(XMLStreamReader xml) throws XMLStreamException {
        String type = xml.getAttributeValue(null, "t");
        String style = xml.getAttributeValue(null, "s");
        StringBuilder value = new StringBuilder();
        StringBuilder formula = new StringBuilder();
        StringBuilder inline = new StringBuilder();
        StringBuilder current = null;
        int phonetic = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                phonetic += xml.getLocalName().equals("rPh") ? 1 : 0;
                current = switch (xml.getLocalName()) {
                    case "v" -> value;
                    case "f" -> formula;
                    case "t" -> phonetic == 0 ? inline : null;
                    default -> null;
                };
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                phonetic -= xml.getLocalName().equals("rPh") ? 1 : 0;
                current = null;
                if (xml.getLocalName().equals("c")) {
                    break;
                }
            } else if (current != null && xml.hasText()) {
                current.append(xml.getText());
            }
        }
        return new SpreadsheetCell(
                type == null ? "n" : type,
                style == null ? 0 : Integer.parseInt(style),
                value.toString(),
                formula.toString(),
                inline.toString());
    }

    boolean lacksResult() {
        return value.isEmpty() && !formula.isEmpty() && !type.equals("str");
    }

    String describe(SharedStrings strings, SpreadsheetValues values) {
        if (lacksResult()) {
            return withoutResult(formula);
        }
        return switch (type) {
            case "s" ->
                value.isEmpty()
                        ? ""
                        : strings.getItemAt(Integer.parseInt(value.strip())).getString();
            case "inlineStr" -> new XSSFRichTextString(inline).getString();
            case "b" -> value.strip().equals("1") ? "TRUE" : "FALSE";
            case "str", "e", "d" -> value;
            default -> values.format(value, style);
        };
    }

    /** What stands for the missing value of a cell. */
    public static String withoutResult(String formula) {
        return "=" + formula + " (formula without a stored result)";
    }
}
