package dev.lectern.ingestion.parsing.formats.html;

import dev.lectern.ingestion.parsing.formats.document.NumberFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Writes the numbers of ordered lists, which a page does not hold as text, to an attribute of their items. */
public final class HtmlListNumbers {
    /** An attribute of our own with the label of an item, such as {@code 3.}. */
    static final String LABEL = "lectern-label";

    private static final Pattern STYLE = Pattern.compile("list-style(?:-type)?\\s*:\\s*([a-z-]{1,30})");
    private static final int MAX_DIGITS = 9;

    private HtmlListNumbers() {}

    /** To be called before items are moved or removed. Changes the page. */
    public static void addTo(Document page) {
        page.select("ol").forEach(HtmlListNumbers::number);
    }

    private static void number(Element list) {
        Matcher style = STYLE.matcher(list.attr("style"));
        String kind = style.find() ? style.group(1) : list.attr("type");
        if (kind.equals("none") || list.attr("role").matches("directory|menu|tablist|listbox")) {
            return;
        }
        List<Element> items = list.children().stream()
                .filter(child -> child.normalName().equals("li"))
                .toList();
        boolean reversed = list.hasAttr("reversed");
        int next = numberOf(list.attr("start"), reversed ? items.size() : 1);
        for (Element item : items) {
            int value = numberOf(item.attr("value"), next);
            item.attr(LABEL, NumberFormatter.format(value, letterOf(kind)) + ".");
            next = value + (reversed ? -1 : 1);
        }
    }

    private static String letterOf(String kind) {
        return switch (kind) {
            case "lower-alpha", "lower-latin" -> "a";
            case "upper-alpha", "upper-latin" -> "A";
            case "lower-roman" -> "i";
            case "upper-roman" -> "I";
            default -> kind;
        };
    }

    private static int numberOf(String value, int otherwise) {
        String digits = value.strip();
        boolean number = digits.length() <= MAX_DIGITS
                && (digits.startsWith("-") ? digits.substring(1) : digits).matches("\\d+");
        return number ? Integer.parseInt(digits) : otherwise;
    }
}
