package dev.lectern.ingestion.parsing.formats.html;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prepares XHTML for a parser of HTML, to which {@code <title/>} is an element that never ends and takes the whole page. */
public final class XhtmlText {
    private static final Pattern SELF_CLOSED = Pattern.compile("<([a-zA-Z][\\w:-]{0,60})(\\s[^<>]*)?/>");
    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
            "wbr");

    private XhtmlText() {}

    /** Gives elements that close themselves an end tag, unless they are such as have none in HTML. */
    public static String endElements(String xhtml) {
        return SELF_CLOSED
                .matcher(xhtml)
                .replaceAll(tag -> Matcher.quoteReplacement(
                        VOID.contains(tag.group(1).toLowerCase(Locale.ROOT))
                                ? tag.group()
                                : "<" + tag.group(1) + (tag.group(2) == null ? "" : tag.group(2)) + "></" + tag.group(1)
                                        + ">"));
    }
}
