package dev.lectern.ingestion.parsing.formats;

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

/** Web pages. What surrounds their content (navigation, scripts, banners, link farms) is left out. */
final class HtmlReader implements FormatReader {
    private static final Pattern DECLARED =
            Pattern.compile("<meta[^>]{0,200}charset\\s*=\\s*[\"']?\\s*([\\w.:-]{2,40})", Pattern.CASE_INSENSITIVE);
    private static final int HEAD_BYTES = 1 << 14;

    private static final String NEVER =
            "script, style, noscript, template, svg, canvas, iframe, object, embed, button, input, select, textarea, dialog, datalist";
    private static final String AROUND =
            "nav, [role=navigation], [role=search], [role=banner], [role=contentinfo], [hidden], [aria-hidden=true], body > footer, body > header nav";
    private static final Pattern AROUND_NAMES = Pattern.compile(
            "(?:^|[-_\\s])(?:nav|navbar|navheader|navfooter|navigation|breadcrumbs?|sidebar|sphinxsidebar(?:wrapper)?|skip-?link|cookie-?(?:banner|consent|notice)|pagination|headerlink|anchor-?link|related|site-footer|print-?only|toc|localtoc|table-of-contents)(?:[-_\\s]|$)",
            Pattern.CASE_INSENSITIVE);
    private static final String NAMED = "div, ul, ol, table, section, aside, a, p, span";

    /** A main part with less text is not believed. */
    private static final int MAIN_TEXT = 200;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        Document page = Jsoup.parse(TextDecoder.read(inputFile.file(), inputFile.limits(), declared(inputFile)), "");
        return read(page, inputFile.limits(), out);
    }

    /** @return the page's title, null when it has none */
    static @Nullable String read(Document page, ParseLimits limits, ParsedDocumentBuilder out) {
        String title = page.title();
        page.select(NEVER).remove();
        Element content = main(page);
        if (content == null) {
            Document whole = page.clone();
            whole.select(AROUND).remove();
            whole.select(NAMED).stream()
                    .filter(element -> AROUND_NAMES.matcher(element.className()).find()
                            || AROUND_NAMES.matcher(element.id()).find())
                    .toList()
                    .forEach(Element::remove);
            content = whole.hasText() ? whole.body() : page.body();
        }
        readContent(content, limits, out);
        return title.isBlank() ? null : title;
    }

    /** Adds all that is in the element. */
    static void readContent(Element content, ParseLimits limits, ParsedDocumentBuilder out) {
        MarkupBlockBuilder blocks = new MarkupBlockBuilder(out, limits.depth(), false);
        content.traverse(new ElementVisitor(blocks));
        blocks.finish();
    }

    private static @Nullable Element main(Document page) {
        Element main = page.selectFirst("main, [role=main]");
        if (main == null || main.text().length() < MAIN_TEXT) {
            return null;
        }
        main.select(AROUND).remove();
        main.select(".headerlink, .anchor-link, .skip-link").remove();
        return main;
    }

    private static @Nullable String declared(InputFile inputFile) throws IOException {
        try (InputStream in = Files.newInputStream(inputFile.file())) {
            String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
            Matcher matcher = DECLARED.matcher(head);
            return matcher.find() ? matcher.group(1) : null;
        }
    }

    private record ElementVisitor(MarkupBlockBuilder blocks) implements NodeVisitor {
        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element element) {
                blocks.start(element.normalName());
            } else if (node instanceof TextNode text) {
                blocks.text(text.getWholeText());
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element) {
                blocks.end(element.normalName());
            }
        }
    }
}
