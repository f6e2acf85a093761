package dev.lectern.ingestion.parsing.formats.html;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * Replaces the formulas of a page by their source: TeX where the page has it. What scripts such as KaTeX and MathJax draw for the eye is the same formula a
 * second time, and goes. Digits that are raised behind a number or word stay raised.
 */
public final class HtmlFormulas {
    private static final String TEX =
            "annotation[encoding=application/x-tex], annotation[encoding=TeX], annotation[encoding=latex]";
    private static final Pattern EXPONENT = Pattern.compile("[+−-]?\\d{1,3}");
    private static final Map<Character, Character> RAISED = Map.ofEntries(
            Map.entry('0', '⁰'),
            Map.entry('1', '¹'),
            Map.entry('2', '²'),
            Map.entry('3', '³'),
            Map.entry('4', '⁴'),
            Map.entry('5', '⁵'),
            Map.entry('6', '⁶'),
            Map.entry('7', '⁷'),
            Map.entry('8', '⁸'),
            Map.entry('9', '⁹'),
            Map.entry('+', '⁺'),
            Map.entry('-', '⁻'),
            Map.entry('−', '⁻'));

    private HtmlFormulas() {}

    /** Changes the page. */
    public static void replaceIn(Document page) {
        page.select("script[type^=math/tex]").forEach(HtmlFormulas::replaceScript);
        page.select("math").forEach(HtmlFormulas::replaceMath);
        page.select("sup").forEach(HtmlFormulas::raise);
    }

    /** The second version of MathJax keeps the source in a script, next to what it draws. */
    private static void replaceScript(Element script) {
        Element before = script.previousElementSibling();
        while (before != null && before.className().contains("MathJax")) {
            Element drawn = before;
            before = before.previousElementSibling();
            drawn.remove();
        }
        boolean display = script.attr("type").toLowerCase(Locale.ROOT).contains("display");
        replace(script, script.data().strip(), display);
    }

    private static void replaceMath(Element math) {
        Element annotation = math.selectFirst(TEX);
        String source = annotation == null ? math.attr("alttext") : annotation.wholeText();
        if (source.isBlank()) {
            math.select("annotation, annotation-xml").remove();
            source = math.text();
        }
        boolean display = math.attr("display").equals("block") || math.closest(".katex-display") != null;
        Element whole = math;
        Element parent = math.parent();
        while (parent != null && parent.is("span, mjx-container, mjx-assistive-mml") && isDrawingOf(parent, whole)) {
            whole = parent;
            parent = whole.parent();
        }
        replace(whole, source.strip(), display);
    }

    /** Whether nothing but the formula is in it: its source and, hidden from programs that read aloud, its drawing. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isDrawingOf(Element parent, Element formula) {
        return parent.ownText().isBlank()
                && parent.children().stream()
                        .allMatch(child -> child == formula
                                || child.attr("aria-hidden").equals("true")
                                || child.is("img, script, mjx-math"));
    }

    private static void replace(Element element, String source, boolean display) {
        if (element.parent() == null) {
            return;
        }
        if (display) {
            Element formula = new Element(MarkupBlockBuilder.FORMULA);
            formula.appendChild(new TextNode(source));
            element.replaceWith(formula);
        } else {
            element.replaceWith(new TextNode(source));
        }
    }

    private static void raise(Element sup) {
        String text = sup.text().strip();
        boolean behindText = sup.previousSibling() instanceof TextNode before
                && !before.getWholeText().isEmpty()
                && Character.isLetterOrDigit(
                        before.getWholeText().charAt(before.getWholeText().length() - 1));
        if (behindText && EXPONENT.matcher(text).matches() && sup.selectFirst("a") == null) {
            StringBuilder raised = new StringBuilder();
            text.chars().forEach(c -> raised.append(RAISED.getOrDefault((char) c, (char) c)));
            sup.replaceWith(new TextNode(raised.toString()));
        }
    }
}
