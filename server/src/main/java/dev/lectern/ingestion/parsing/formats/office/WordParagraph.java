package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gathers the text of a paragraph of a Word document as it is shown: results of fields, insertions, content controls; without hidden and deleted text. What the
 * paragraph refers to is gathered beside it.
 */
final class WordParagraph {
    /** Characters of the fonts for signs that people tick, by their code without its upper byte. */
    private static final Map<Integer, String> SIGNS =
            Map.of(0xFC, "✓", 0xFB, "✗", 0xFE, "☑", 0xFD, "☒", 0xA8, "☐", 0x6F, "☐", 0xB7, "•", 0xA7, "▪", 0xE0, "→");

    private static final String GREEK_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    private static final String GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

    private final WordStyles styles;
    private final StringBuilder text = new StringBuilder();
    private final List<String> footnotes = new ArrayList<>();
    private final List<String> endnotes = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final List<XmlElement> drawings = new ArrayList<>();
    private final List<String> formulas = new ArrayList<>();
    private int hidden;
    private int deleted;
    private int objects;
    private int shown;

    private WordParagraph(WordStyles styles) {
        this.styles = styles;
    }

    static WordParagraph read(XmlElement paragraph, WordStyles styles) {
        WordParagraph read = new WordParagraph(styles);
        if (styles.find(paragraph.attributeOf("val", "pPr", "pStyle")).hidden()) {
            read.hidden = paragraph.text().isBlank() ? 0 : 1;
        } else {
            read.addChildren(paragraph);
        }
        return read;
    }

    String text() {
        return text.toString();
    }

    List<String> footnotes() {
        return footnotes;
    }

    List<String> endnotes() {
        return endnotes;
    }

    List<String> comments() {
        return comments;
    }

    /** Pictures, shapes and charts that are anchored in it. */
    List<XmlElement> drawings() {
        return drawings;
    }

    /** Its formulas when it has nothing else; they are part of its text too. */
    List<String> standingFormulas() {
        return shown > 0 ? List.of() : formulas;
    }

    int hidden() {
        return hidden;
    }

    int deleted() {
        return deleted;
    }

    int objects() {
        return objects;
    }

    private void addChildren(XmlElement element) {
        for (XmlElement child : element.children()) {
            add(child);
        }
    }

    private void add(XmlElement element) {
        switch (element.name()) {
            case "r" -> addRun(element);
            case "del", "moveFrom" -> deleted += isEmpty(element) ? 0 : 1;
            case "oMath" -> addFormula(element);
            case "AlternateContent" -> addChildren(chosen(element));
            case "ruby" -> {
                XmlElement base = element.find("rubyBase");
                if (base != null) {
                    addChildren(base);
                }
            }
            case "t" -> append(element.text());
            case "tab", "ptab" -> append("\t");
            case "br" ->
                append(
                        element.attribute("type").isEmpty()
                                        || element.attribute("type").equals("textWrapping")
                                ? "\n"
                                : " ");
            case "cr" -> append("\n");
            case "noBreakHyphen" -> append("-");
            case "sym" -> append(sign(element));
            case "footnoteReference" -> footnotes.add(element.attribute("id"));
            case "endnoteReference" -> endnotes.add(element.attribute("id"));
            case "commentReference" -> comments.add(element.attribute("id"));
            case "drawing", "pict" -> drawings.add(element);
            case "object" -> {
                objects++;
                drawings.add(element);
            }
            case "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "fldData", "#text" -> {
                // Says how the text looks, or what it was.
            }
            default -> addChildren(element);
        }
    }

    private void addRun(XmlElement run) {
        XmlElement properties = run.find("rPr");
        boolean vanished = properties != null
                && (properties.find("vanish") == null
                        ? styles.find(properties.attributeOf("val", "rStyle")).hidden()
                        : WordStyles.isOn(properties.find("vanish")));
        if (vanished) {
            hidden += isEmpty(run) ? 0 : 1;
        } else {
            addChildren(run);
        }
    }

    private static boolean isEmpty(XmlElement element) {
        StringBuilder text = new StringBuilder();
        element.forEach("t", run -> text.append(run.text()));
        element.forEach("delText", run -> text.append(run.text()));
        return text.toString().isBlank();
    }

    private void addFormula(XmlElement math) {
        String formula = MathText.of(math);
        if (!formula.isEmpty()) {
            boolean glued = !text.isEmpty() && Character.isLetterOrDigit(text.charAt(text.length() - 1));
            text.append(glued ? " " : "").append(formula);
            formulas.add(formula);
        }
    }

    private void append(String more) {
        text.append(more);
        shown += more.isBlank() ? 0 : 1;
    }

    /** Programs that do not know the first choice show the fallback; both say the same. */
    static XmlElement chosen(XmlElement alternatives) {
        XmlElement choice = alternatives.find("Choice");
        XmlElement fallback = alternatives.find("Fallback");
        if (choice == null) {
            return fallback == null ? alternatives : fallback;
        }
        return choice.text().isBlank() && fallback != null && !fallback.text().isBlank() ? fallback : choice;
    }

    private static String sign(XmlElement sign) {
        int code;
        try {
            code = Integer.parseInt(sign.attribute("char"), 16);
        } catch (NumberFormatException none) {
            return "";
        }
        if (code < 0xF000 || code > 0xF0FF) {
            return Character.isValidCodePoint(code) ? Character.toString(code) : "";
        }
        int low = code & 0xFF;
        if (sign.attribute("font").equals("Symbol")) {
            if (low >= 'A' && low <= 'Z') {
                return String.valueOf(GREEK_CAPITALS.charAt(low - 'A'));
            }
            if (low >= 'a' && low <= 'z') {
                return String.valueOf(GREEK_SMALL.charAt(low - 'a'));
            }
            return switch (low) {
                case 0xB0 -> "°";
                case 0xB1 -> "±";
                case 0xA3 -> "≤";
                case 0xB3 -> "≥";
                case 0xB4 -> "×";
                case 0xB9 -> "≠";
                case 0xBB -> "≈";
                case 0xAE -> "→";
                case 0xA5 -> "∞";
                default -> SIGNS.getOrDefault(low, low >= ' ' && low < 0x7F ? String.valueOf((char) low) : "");
            };
        }
        return SIGNS.getOrDefault(low, "");
    }
}
