package dev.lectern.ingestion.parsing.formats.html;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** Web pages. What surrounds their content (navigation, banners, lists of links) is left out and counted; footnotes stand behind their references. */
public final class HtmlReader implements FormatReader {
    private static final Pattern DECLARED = Pattern.compile(
            "<meta[^>]{0,200}charset\\s*=\\s*[\"']?\\s*([\\w.:-]{2,40})"
                    + "|<\\?xml[^>]{0,100}encoding\\s*=\\s*[\"']([\\w.:-]{2,40})",
            Pattern.CASE_INSENSITIVE);
    public static final int HEAD_BYTES = 1 << 14;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String html = TextDecoder.read(inputFile.file(), inputFile.limits(), declared(inputFile));
        boolean xhtml = inputFile.mediaType().equals("application/xhtml+xml");
        Document page = Jsoup.parse(xhtml ? XhtmlText.endElements(html) : html, "");
        return read(page, inputFile.limits(), out);
    }

    /** @return the page's title, null when it has none */
    static @Nullable String read(Document page, ParseLimits limits, ParsedDocumentBuilder out) {
        HtmlMetadata.read(page, out);
        HtmlListNumbers.addTo(page);
        HtmlFormulas.replaceIn(page);
        HtmlFootnotes.moveIn(page);
        readContent(HtmlBoilerplateRemover.removeFrom(page, out), limits, out);
        return HtmlMetadata.title(page);
    }

    /** Adds all that is in the element. */
    public static void readContent(Element content, ParseLimits limits, ParsedDocumentBuilder out) {
        MarkupBlockBuilder blocks = new MarkupBlockBuilder(out, limits.depth(), false);
        content.traverse(new ElementVisitor(blocks));
        blocks.finish();
    }

    private static @Nullable String declared(InputFile inputFile) throws IOException {
        try (InputStream in = Files.newInputStream(inputFile.file())) {
            return declaredIn(new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1));
        }
    }

    /** The encoding that the beginning of a page, or of XML, names; null when it names none. */
    public static @Nullable String declaredIn(String head) {
        Matcher matcher = DECLARED.matcher(head);
        return matcher.find() ? matcher.group(1) == null ? matcher.group(2) : matcher.group(1) : null;
    }

    private record ElementVisitor(MarkupBlockBuilder blocks) implements NodeVisitor {
        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element element) {
                blocks.start(element.normalName(), span(element, "colspan"), span(element, "rowspan"));
                blocks.label(element.attr(HtmlListNumbers.LABEL));
            } else if (node instanceof TextNode text) {
                blocks.text(text.getWholeText());
            }
        }

        private static int span(Element element, String attribute) {
            String value = element.attr(attribute).strip();
            return !value.isEmpty() && value.length() <= 4 && value.chars().allMatch(c -> c >= '0' && c <= '9')
                    ? Integer.parseInt(value)
                    : 1;
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                blocks.end(element.normalName());
            }
        }
    }
}
