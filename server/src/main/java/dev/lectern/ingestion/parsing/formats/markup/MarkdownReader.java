package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.ingestion.parsing.formats.html.HtmlFootnotes;
import dev.lectern.ingestion.parsing.formats.html.HtmlFormulas;
import dev.lectern.ingestion.parsing.formats.html.HtmlListNumbers;
import dev.lectern.ingestion.parsing.formats.html.HtmlReader;
import dev.lectern.ingestion.parsing.formats.html.MarkupBlockBuilder;
import dev.lectern.library.ReadingNotice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.footnotes.FootnoteReference;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Markdown by the rules of CommonMark, with tables, task lists, footnotes, front matter and links between notes. Links and pictures keep their words and
 * lose their addresses, which is counted for pictures; formulas stay as they are written; HTML within it is read as HTML, but a placeholder such as {@code <branch>} is text.
 */
public final class MarkdownReader implements FormatReader {
    private static final List<Extension> EXTENSIONS = List.of(
            TablesExtension.create(),
            StrikethroughExtension.create(),
            TaskListItemsExtension.create(),
            FootnotesExtension.create());

    /** {@code [[note]]}, {@code [[note#part|words]]} and {@code ![[note]]}. */
    private static final Pattern NOTE_LINK =
            Pattern.compile("!?\\[\\[([^\\[\\]|\\n]{1,500})(?:\\|([^\\[\\]\\n]{1,500}))?]]");

    private static final Pattern ALERT = Pattern.compile("^\\[!([A-Za-z][\\w-]{1,30})][+-]?\\s*");
    private static final Pattern CAPTION = Pattern.compile("^(?:Table)?: +");
    private static final Pattern TAG = Pattern.compile("</?([a-zA-Z][a-zA-Z0-9-]*)(\\s[^<>]*)?/?>");

    /** Elements that authors of Markdown write for their effect, without attributes as well. */
    private static final Set<String> MARKUP = Set.of(
            ("a abbr article aside b big blockquote br center cite code dd del details dfn div dl dt em figcaption figure"
                            + " font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q"
                            + " rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th"
                            + " thead tr tt u ul var wbr script style template")
                    .split(" "));

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String text = TextDecoder.read(inputFile.file(), inputFile.limits(), null);
        FrontMatter frontMatter = FrontMatter.of(text);
        frontMatter.addTo(out);
        Node root = parser(inputFile.limits()).parse(MarkdownPlainTables.draw(frontMatter.body()));
        root.accept(new PlaceholderEscaper());
        FootnoteFinder.keepUnused(root);
        Document page = Jsoup.parseBodyFragment(
                HtmlRenderer.builder().extensions(EXTENSIONS).build().render(root));
        simplify(page, out);
        HtmlListNumbers.addTo(page);
        HtmlFormulas.replaceIn(page);
        HtmlFootnotes.moveIn(page);
        HtmlReader.readContent(page.body(), inputFile.limits(), out);
        return frontMatter.title();
    }

    private static Parser parser(ParseLimits limits) {
        return MarkdownGridTables.addTo(MarkdownFormulas.addTo(Parser.builder()))
                .extensions(EXTENSIONS)
                .maxOpenBlockParsers(limits.depth())
                .build();
    }

    /** What HTML shows by its looks becomes text. */
    private static void simplify(Document page, ParsedDocumentBuilder out) {
        page.select("script, style, template").remove();
        page.select("pre > code.language-" + MarkdownFormulas.LANGUAGE).forEach(code -> {
            Element formula = new Element(MarkupBlockBuilder.FORMULA).text(code.wholeText());
            Objects.requireNonNull(code.parent()).replaceWith(formula);
        });
        page.select("blockquote").forEach(MarkdownReader::nameAlert);
        page.select("table + p").forEach(MarkdownReader::markCaption);
        page.select("input[type=checkbox]").forEach(box -> replace(box, box.hasAttr("checked") ? "[x]" : "[ ]"));
        List<Element> pictures = page.select("img");
        out.notice(ReadingNotice.Kind.PICTURES, pictures.size());
        pictures.forEach(picture -> replace(picture, picture.attr("alt")));
        int[] comments = new int[1];
        page.traverse((node, depth) -> comments[0] += node instanceof Comment comment && hasText(comment) ? 1 : 0);
        out.notice(ReadingNotice.Kind.HIDDEN_TEXT, comments[0]);
    }

    private static boolean hasText(Comment comment) {
        return comment.getData().chars().anyMatch(Character::isLetterOrDigit);
    }

    /** A quote that begins with {@code [!warning]} is shown as a box with that title. */
    private static void nameAlert(Element quote) {
        Element first = quote.firstElementChild();
        Matcher alert = first != null && first.childNodeSize() > 0 && first.childNode(0) instanceof TextNode text
                ? ALERT.matcher(text.getWholeText())
                : ALERT.matcher("");
        if (first != null && alert.find() && first.childNode(0) instanceof TextNode text) {
            String name = alert.group(1);
            String title = name.substring(0, 1).toUpperCase(Locale.ROOT)
                    + name.substring(1).toLowerCase(Locale.ROOT);
            text.text(title + ": " + text.getWholeText().substring(alert.end()));
            quote.tagName("div");
        }
    }

    /** Pandoc's captions stand below their tables. */
    private static void markCaption(Element paragraph) {
        Matcher mark = paragraph.childNodeSize() > 0 && paragraph.childNode(0) instanceof TextNode text
                ? CAPTION.matcher(text.getWholeText())
                : CAPTION.matcher("");
        if (mark.find() && paragraph.childNode(0) instanceof TextNode text) {
            text.text(text.getWholeText().substring(mark.end()));
            paragraph.tagName("figcaption");
        }
    }

    private static void replace(Element element, String text) {
        element.replaceWith(new TextNode(text));
    }

    /** Finds footnotes that nothing refers to, which the renderer would leave out. */
    private static final class FootnoteFinder extends AbstractVisitor {
        private final Set<String> used = new HashSet<>();
        private final List<FootnoteDefinition> definitions = new ArrayList<>();

        static void keepUnused(Node root) {
            FootnoteFinder finder = new FootnoteFinder();
            root.accept(finder);
            for (FootnoteDefinition definition : finder.definitions) {
                if (!finder.used.contains(definition.getLabel().toLowerCase(Locale.ROOT))) {
                    while (definition.getFirstChild() != null) {
                        definition.insertBefore(definition.getFirstChild());
                    }
                    definition.unlink();
                }
            }
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof FootnoteReference reference) {
                used.add(reference.getLabel().toLowerCase(Locale.ROOT));
            }
            visitChildren(node);
        }

        @Override
        public void visit(CustomBlock block) {
            if (block instanceof FootnoteDefinition definition) {
                definitions.add(definition);
            }
            visitChildren(block);
        }
    }

    /** Turns tags that are no HTML into text, and links between notes into their words. */
    private static final class PlaceholderEscaper extends AbstractVisitor {
        @Override
        public void visit(HtmlInline inline) {
            inline.setLiteral(escape(inline.getLiteral()));
        }

        @Override
        public void visit(HtmlBlock block) {
            block.setLiteral(escape(block.getLiteral()));
        }

        /** The brackets of a link between notes are nodes of their own, so neighbours are joined first. */
        @Override
        public void visit(Text text) {
            while (text.getNext() instanceof Text next) {
                text.setLiteral(text.getLiteral() + next.getLiteral());
                next.unlink();
            }
            text.setLiteral(NOTE_LINK
                    .matcher(text.getLiteral())
                    .replaceAll(link -> Matcher.quoteReplacement(link.group(link.group(2) == null ? 1 : 2))));
        }

        private static String escape(String html) {
            return TAG.matcher(html)
                    .replaceAll(tag -> Matcher.quoteReplacement(
                            isMarkup(tag.group(1), tag.group(2))
                                    ? tag.group()
                                    : tag.group().replace("<", "&lt;").replace(">", "&gt;")));
        }

        private static boolean isMarkup(String name, @Nullable String attributes) {
            return MARKUP.contains(name.toLowerCase(Locale.ROOT)) || (attributes != null && attributes.contains("="));
        }
    }
}
