package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes formulas of office documents (OMML and MathML) as TeX. Signs stay the characters that they are. */
final class MathText {
    private static final Map<String, String> LARGE_SIGNS =
            Map.of("∑", "\\sum", "∏", "\\prod", "∫", "\\int", "∬", "\\iint", "∮", "\\oint", "⋃", "\\bigcup");

    private static final Map<String, String> ACCENTS = Map.of(
            "\u0302",
            "\\hat",
            "\u0303",
            "\\tilde",
            "\u0304",
            "\\bar",
            "\u0305",
            "\\overline",
            "\u0307",
            "\\dot",
            "\u0308",
            "\\ddot",
            "\u20D7",
            "\\vec");

    private MathText() {}

    /** A formula on one line; empty when it has no sign. */
    static String of(XmlElement math) {
        XmlElement annotation = findAnnotation(math);
        return TextNormalizer.normalizeLine(annotation == null ? children(math) : annotation.text());
    }

    /** What the author typed, where a program kept it. */
    private static @Nullable XmlElement findAnnotation(XmlElement math) {
        XmlElement annotation = math.find("semantics", "annotation");
        return annotation != null && annotation.attribute("encoding").contains("tex") ? annotation : null;
    }

    private static String children(XmlElement element) {
        return element.children().stream().map(MathText::write).collect(Collectors.joining());
    }

    private static String write(XmlElement element) {
        return switch (element.name()) {
            case "#text" -> element.content().isBlank() ? "" : element.content();
            case "rPr",
                    "ctrlPr",
                    "fPr",
                    "sSupPr",
                    "sSubPr",
                    "radPr",
                    "naryPr",
                    "dPr",
                    "accPr",
                    "mPr",
                    "annotation",
                    "annotation-xml" -> "";
            case "f" -> "\\frac{" + part(element, "num") + "}{" + part(element, "den") + "}";
            case "sSup" -> base(element) + "^{" + part(element, "sup") + "}";
            case "sSub" -> base(element) + "_{" + part(element, "sub") + "}";
            case "sSubSup" -> base(element) + "_{" + part(element, "sub") + "}^{" + part(element, "sup") + "}";
            case "sPre" -> "{}_{" + part(element, "sub") + "}^{" + part(element, "sup") + "}" + base(element);
            case "rad" -> root(part(element, "deg"), base(element));
            case "nary" -> large(element);
            case "d" -> delimited(element);
            case "func" -> part(element, "fName") + " " + base(element);
            case "limLow" -> base(element) + "_{" + part(element, "lim") + "}";
            case "limUpp" -> base(element) + "^{" + part(element, "lim") + "}";
            case "acc" ->
                ACCENTS.getOrDefault(value(element, "chr", "\u0302", "accPr"), "\\hat") + "{" + base(element) + "}";
            case "bar" -> "\\overline{" + base(element) + "}";
            case "m" -> "\\begin{matrix}" + rows(element.childrenNamed("mr")) + "\\end{matrix}";
            case "eqArr" ->
                element.childrenNamed("e").stream().map(MathText::children).collect(Collectors.joining(" \\\\ "));
            default -> writeMathMl(element);
        };
    }

    private static String writeMathMl(XmlElement element) {
        return switch (element.name()) {
            case "mfrac" -> "\\frac{" + argument(element, 0) + "}{" + argument(element, 1) + "}";
            case "msup", "mover" -> argument(element, 0) + "^{" + argument(element, 1) + "}";
            case "msub", "munder" -> argument(element, 0) + "_{" + argument(element, 1) + "}";
            case "msubsup", "munderover" ->
                argument(element, 0) + "_{" + argument(element, 1) + "}^{" + argument(element, 2) + "}";
            case "msqrt" -> root("", children(element));
            case "mroot" -> root(argument(element, 1), argument(element, 0));
            case "mtable" -> "\\begin{matrix}" + rows(element.childrenNamed("mtr")) + "\\end{matrix}";
            case "mi" ->
                element.text().strip().length() > 1 ? " " + element.text().strip() + " " : element.text();
            case "mtext" -> " " + element.text().strip() + " ";
            case "mo" ->
                LARGE_SIGNS.getOrDefault(element.text().strip(), element.text().strip());
            default -> children(element);
        };
    }

    private static String rows(List<XmlElement> rows) {
        return rows.stream()
                .map(row -> row.children().stream()
                        .filter(cell -> cell.is("e") || cell.is("mtd"))
                        .map(MathText::children)
                        .collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(" \\\\ "));
    }

    private static String argument(XmlElement element, int index) {
        List<XmlElement> arguments = new ArrayList<>(element.children());
        arguments.removeIf(XmlElement::isText);
        return index < arguments.size() ? write(arguments.get(index)) : "";
    }

    private static String root(String degree, String of) {
        return "\\sqrt" + (degree.isBlank() ? "" : "[" + degree + "]") + "{" + of + "}";
    }

    private static String large(XmlElement element) {
        String sign = value(element, "chr", "∫", "naryPr");
        String from = part(element, "sub");
        String to = part(element, "sup");
        return LARGE_SIGNS.getOrDefault(sign, sign)
                + (from.isBlank() ? "" : "_{" + from + "}")
                + (to.isBlank() ? "" : "^{" + to + "}")
                + " " + base(element);
    }

    private static String delimited(XmlElement element) {
        return value(element, "begChr", "(", "dPr")
                + element.childrenNamed("e").stream()
                        .map(MathText::children)
                        .collect(Collectors.joining(value(element, "sepChr", "|", "dPr")))
                + value(element, "endChr", ")", "dPr");
    }

    private static String value(XmlElement element, String name, String otherwise, String properties) {
        XmlElement found = element.find(properties, name);
        return found == null ? otherwise : found.attribute("val");
    }

    private static String base(XmlElement element) {
        return part(element, "e");
    }

    private static String part(XmlElement element, String name) {
        XmlElement part = element.find(name);
        return part == null ? "" : children(part);
    }
}
