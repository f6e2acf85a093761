package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Gathers the text of a paragraph of an OpenDocument file without hidden text; notes, comments and drawings are gathered beside it. */
final class OpenDocumentParagraph {
    /** Shapes with text in them, which is not part of the paragraph that they are anchored in. */
    static final Set<String> DRAWINGS = Set.of(
            "frame",
            "rect",
            "custom-shape",
            "g",
            "line",
            "ellipse",
            "circle",
            "polygon",
            "path",
            "connector",
            "caption",
            "control",
            "regular-polygon",
            "polyline",
            "measure");

    private static final int MAX_SPACES = 100;

    private final OpenDocumentStyles styles;
    private final Function<String, String> formulaReader;
    private final StringBuilder text = new StringBuilder();
    private final List<XmlElement> notes = new ArrayList<>();
    private final List<XmlElement> comments = new ArrayList<>();
    private final List<XmlElement> drawings = new ArrayList<>();
    private final List<String> formulas = new ArrayList<>();
    private int hidden;
    private int shown;
    private boolean numbered;
    private boolean ownNumber;

    private OpenDocumentParagraph(OpenDocumentStyles styles, Function<String, String> formulaReader) {
        this.styles = styles;
        this.formulaReader = formulaReader;
    }

    /** @param formulaReader gives the formula of an embedded object by its address; empty when it is none */
    static OpenDocumentParagraph read(
            XmlElement paragraph, OpenDocumentStyles styles, Function<String, String> formulaReader) {
        OpenDocumentParagraph read = new OpenDocumentParagraph(styles, formulaReader);
        boolean[] conditional = {false};
        paragraph.forEach("hidden-paragraph", field -> conditional[0] |= isHidden(field));
        if (conditional[0] || styles.hides("paragraph", paragraph.attribute("style-name"))) {
            read.hidden = paragraph.text().isBlank() ? 0 : 1;
        } else {
            read.addChildren(paragraph);
        }
        return read;
    }

    String text() {
        return text.toString();
    }

    List<XmlElement> notes() {
        return notes;
    }

    List<XmlElement> comments() {
        return comments;
    }

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

    /** Whether the file holds the number of its list as text. */
    boolean hasOwnNumber() {
        return ownNumber;
    }

    /** Whether the number of the page is part of it. */
    boolean hasPageNumber() {
        return numbered;
    }

    private static boolean isHidden(XmlElement field) {
        return field.attribute("is-hidden").equals("true");
    }

    private void addChildren(XmlElement element) {
        for (XmlElement child : element.children()) {
            add(child);
        }
    }

    private void add(XmlElement element) {
        switch (element.name()) {
            case "#text" -> append(spaced(element.content()));
            case "s" -> append(" ".repeat(Math.clamp(element.number("c", 1), 1, MAX_SPACES)));
            case "tab" -> append("\t");
            case "line-break" -> append("\n");
            case "number" -> {
                ownNumber = !element.text().isBlank();
                append(element.text() + " ");
            }
            case "span" -> {
                if (styles.hides("text", element.attribute("style-name"))) {
                    hidden += element.text().isBlank() ? 0 : 1;
                } else {
                    addChildren(element);
                }
            }
            case "hidden-text" -> {
                if (isHidden(element)) {
                    hidden++;
                } else {
                    append(element.text().isBlank() ? element.attribute("string-value") : element.text());
                }
            }
            case "note" -> notes.add(element);
            case "annotation" -> comments.add(element);
            case "ruby" -> {
                XmlElement base = element.find("ruby-base");
                if (base != null) {
                    addChildren(base);
                }
            }
            case "page-number", "page-count" -> {
                numbered = true;
                addChildren(element);
            }
            case "script", "tracked-changes", "binary-data" -> {
                // Meant for machines.
            }
            default -> addOther(element);
        }
    }

    private void addOther(XmlElement element) {
        if (!DRAWINGS.contains(element.name())) {
            addChildren(element);
            return;
        }
        String formula = formulaReader.apply(element.attributeOf("href", "object"));
        if (formula.isEmpty()) {
            drawings.add(element);
        } else {
            boolean glued = !text.isEmpty() && Character.isLetterOrDigit(text.charAt(text.length() - 1));
            text.append(glued ? " " : "").append(formula);
            formulas.add(formula);
        }
    }

    private void append(String more) {
        text.append(more);
        shown += more.isBlank() ? 0 : 1;
    }

    /** White space of the file means one space. */
    private static String spaced(String content) {
        StringBuilder spaced = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); i++) {
            char character = content.charAt(i);
            boolean space = character == ' ' || character == '\n' || character == '\t' || character == '\r';
            if (!space) {
                spaced.append(character);
            } else if (spaced.isEmpty() || spaced.charAt(spaced.length() - 1) != ' ') {
                spaced.append(' ');
            }
        }
        return spaced.toString();
    }
}
