package dev.lectern.ingestion.parsing.formats.html;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Moves the footnotes of a page behind the block that refers to them. A link that is a number or sign and an element that links back to it, or whose role says
 * that it is a note, are a footnote, whatever they are called.
 */
public final class HtmlFootnotes {
    private static final Pattern MARK =
            Pattern.compile("[\\[(]?\\s*(\\d{1,4}|[a-zA-Z]{1,2}|note \\d{1,3}|[*†‡§¶]{1,3})\\s*[\\])]?");
    private static final String NOTES = "li, p, div, aside, dd, tr, [role=doc-footnote], [role=doc-endnote]";
    private static final String ROLES =
            "[role=doc-footnote], [role=doc-endnote], [epub:type~=(?i)\\b(foot|end|rear)note\\b]";
    private static final String REFERENCES = "[role=doc-noteref], [epub:type~=(?i)\\bnoteref\\b]";
    private static final String REFERRING =
            "p, li, dd, dt, blockquote, figure, pre, h1, h2, h3, h4, h5, h6, div, section, article, body";
    private static final Pattern BACK = Pattern.compile(
            "[\\s\\uFE0E\\uFE0F\\u200D^↑↩↵⏎←⤴†*\\[\\]().,a-z\\d]{0,12}|jump up|back|return", Pattern.CASE_INSENSITIVE);
    private static final int MAX_NOTES = 5_000;

    private final Document page;
    private final Map<Element, String> notes = new HashMap<>();

    private HtmlFootnotes(Document page) {
        this.page = page;
    }

    /** Changes the page. */
    public static void moveIn(Document page) {
        new HtmlFootnotes(page).move();
    }

    private void move() {
        Map<String, Element> byId = new HashMap<>();
        page.select("[id], a[name]").forEach(element -> {
            byId.putIfAbsent(element.id().isEmpty() ? element.attr("name") : element.id(), element);
        });
        for (Element link :
                page.select("a[href^=#]").stream().limit(MAX_NOTES * 4L).toList()) {
            Matcher mark = MARK.matcher(link.text().strip());
            Element target = mark.matches() ? byId.get(link.attr("href").substring(1)) : null;
            if (target == null || link.parent() == null) {
                continue;
            }
            Element note = target.is(NOTES) ? target : target.closest(NOTES);
            if (note != null && note.ownerDocument() != null && !link.parents().contains(note)) {
                String known = notes.get(note);
                if (known != null) {
                    replaceMark(link, known);
                } else if (notes.size() < MAX_NOTES && isNote(note, link)) {
                    move(note, link, mark.group(1));
                }
            }
        }
        page.select("ol, ul, dl, section, table, tbody").stream()
                .filter(list -> !list.hasText() && list.selectFirst("img, svg, math") == null)
                .toList()
                .forEach(Element::remove);
    }

    private static boolean isNote(Element note, Element link) {
        if (note.is(ROLES) || link.is(REFERENCES)) {
            return true;
        }
        for (Element back : note.select("a[href^=#]")) {
            String id = back.attr("href").substring(1);
            if (!id.isEmpty() && (isAt(link, id) || isAt(link.parent(), id))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(@Nullable Element place, String id) {
        return place != null
                && (place.id().equals(id)
                        || place.attr("name").equals(id)
                        || place.children().stream()
                                .anyMatch(child -> child.id().equals(id)
                                        || child.attr("name").equals(id)));
    }

    private void move(Element note, Element link, String mark) {
        notes.put(note, mark);
        List<Element> backs = note.select("a[href^=#]").stream()
                .filter(back -> BACK.matcher(back.text().strip()).matches())
                .toList();
        backs.forEach(HtmlFootnotes::removeBack);
        Element moved = new Element(MarkupBlockBuilder.NOTE);
        for (Node child : List.copyOf(note.childNodes())) {
            moved.appendChild(child);
        }
        note.remove();
        Element first = moved.selectFirst("p, div");
        Element start = first == null || !moved.ownText().isBlank() ? moved : first;
        String text = start.text().strip();
        if (!text.startsWith(mark + " ") && !text.startsWith("[" + mark + "]") && !text.startsWith(mark + ".")) {
            start.prependText("[" + mark + "] ");
        }
        Element block = blockOf(link);
        if (block.is("li, dd, div, section, article, body")) {
            insert(block, link, moved);
        } else {
            Node last = block;
            while (last.nextSibling() instanceof Element next
                    && next.normalName().equals(MarkupBlockBuilder.NOTE)) {
                last = next;
            }
            last.after(moved);
        }
        replaceMark(link, mark);
    }

    /** At the end of the text that refers to it: of an item, or before the next block within a block. */
    private static void insert(Element block, Element link, Element moved) {
        Element before = block.children().stream()
                .filter(child -> child.is("ul, ol, dl, p, div, table"))
                .filter(child -> isBehind(child, block, link))
                .findFirst()
                .orElse(null);
        if (before == null) {
            block.appendChild(moved);
        } else {
            before.before(moved);
        }
    }

    /** Equal elements are different places. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isBehind(Element child, Element block, Element link) {
        Element inside = link;
        while (inside.parent() != null && inside.parent() != block) {
            inside = inside.parent();
        }
        return inside.parent() == block && child.siblingIndex() > inside.siblingIndex();
    }

    /** Of a reference within a table, the block is the whole outermost table. */
    private static Element blockOf(Element link) {
        Element table = link.parents().stream()
                .filter(parent -> parent.normalName().equals("table"))
                .reduce((inner, outer) -> outer)
                .orElse(null);
        if (table != null && table.selectFirst("th") != null) {
            return table;
        }
        Element block = link.closest(REFERRING);
        return block == null ? link : block;
    }

    private static void removeBack(Element back) {
        Element parent = back.parent();
        back.remove();
        while (parent != null
                && !parent.hasText()
                && parent.is("sup, span, b, strong, em, i, cite, small")
                && parent.parent() != null) {
            Element outer = parent.parent();
            parent.remove();
            parent = outer;
        }
    }

    /** The mark touches the end of a sentence and stands apart from a word. */
    private static void replaceMark(Element link, String mark) {
        Element marked = link;
        while (marked.parent() != null
                && marked.parent().is("sup, span, small")
                && marked.parent().text().strip().equals(link.text().strip())) {
            marked = marked.parent();
        }
        marked.text("");
        marked.appendChild(new TextNode(markBehind(textBefore(marked), mark)));
    }

    /** @param before text that ends where the mark stands */
    static String markBehind(String before, String mark) {
        boolean word = !before.isEmpty() && Character.isLetterOrDigit(before.charAt(before.length() - 1));
        return (word ? " [" : "[") + mark + "]";
    }

    private static String textBefore(Element element) {
        Node before = element.previousSibling();
        return switch (before) {
            case null -> "";
            case TextNode text -> text.getWholeText();
            case Element other -> other.wholeText();
            default -> "";
        };
    }
}
