package dev.lectern.ingestion.parsing.formats.epub;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParseLimits;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.ingestion.parsing.formats.html.HtmlFootnotes;
import dev.lectern.ingestion.parsing.formats.html.HtmlFormulas;
import dev.lectern.ingestion.parsing.formats.html.HtmlListNumbers;
import dev.lectern.ingestion.parsing.formats.html.HtmlObjects;
import dev.lectern.ingestion.parsing.formats.html.HtmlReader;
import dev.lectern.ingestion.parsing.formats.html.XhtmlText;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * E-books (EPUB 2 and 3): the chapters in reading order as one page of HTML, so that a footnote may be in another file than its reference. All that is in a
 * book is its text, also what a web page would have around it.
 */
public final class EpubReader implements FormatReader {
    public static final String MEDIA_TYPE = "application/epub+zip";

    private static final String MACHINERY =
            "script, style, template, head > *, input, select, textarea, datalist, button";
    private static final String PAGE_BREAKS = "[epub:type~=(?i)\\bpagebreak\\b], [role=doc-pagebreak]";
    private static final String HIDDEN = "[hidden], [style~=(?i)(^|;)\\s*display\\s*:\\s*none]";

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, XMLStreamException {
        try (ZipPackage parts = new ZipPackage(inputFile, true)) {
            EpubPackage book = EpubPackage.read(parts);
            Document page = new Merger(parts, book, inputFile.limits(), out).merge();
            HtmlListNumbers.addTo(page);
            HtmlFormulas.replaceIn(page);
            HtmlFootnotes.moveIn(page);
            List<Element> hidden = page.select(HIDDEN);
            out.notice(Kind.HIDDEN_TEXT, (int)
                    hidden.stream().filter(Element::hasText).count());
            hidden.forEach(Element::remove);
            HtmlObjects.replaceIn(page.body(), out);
            HtmlReader.readContent(page.body(), inputFile.limits(), out);
            return EpubMetadata.read(book.metadata(), out);
        }
    }

    /** Makes one page of the chapters. */
    private static final class Merger {
        private final ZipPackage parts;
        private final EpubPackage book;
        private final ParsedDocumentBuilder out;
        private final ParseLimits limits;
        private final EpubNavigation navigation = new EpubNavigation();
        private final Map<String, Integer> numbers = new HashMap<>();
        private long length;

        Merger(ZipPackage parts, EpubPackage book, ParseLimits limits, ParsedDocumentBuilder out) {
            this.parts = parts;
            this.book = book;
            this.limits = limits;
            this.out = out;
        }

        Document merge() throws IOException, XMLStreamException {
            readNavigation();
            book.chapters().forEach(part -> numbers.put(part.toLowerCase(Locale.ROOT), numbers.size()));
            Document page = Document.createShell("");
            List<String> absent = new ArrayList<>();
            for (String part : book.chapters()) {
                Document chapter = parse(part);
                if (chapter == null) {
                    absent.add(part);
                } else {
                    page.body().appendChild(prepare(part, chapter));
                }
            }
            if (absent.size() == book.chapters().size()) {
                throw RejectionException.broken();
            }
            out.notice(Kind.UNREADABLE_ATTACHMENTS, absent.size(), null, String.join(", ", absent));
            return page;
        }

        private void readNavigation() throws IOException, XMLStreamException {
            String part = book.navigation();
            if (part != null && part.toLowerCase(Locale.ROOT).endsWith(".ncx")) {
                navigation.addNcx(part, parts);
            } else if (part != null) {
                Document page = parse(part);
                if (page != null) {
                    navigation.addPage(part, page);
                }
            }
        }

        private @Nullable Document parse(String part) throws IOException {
            try (InputStream in = parts.open(part)) {
                if (in == null) {
                    return null;
                }
                // A character has at most four bytes.
                long left = Math.max(0, limits.textLength() - length) * 4;
                byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, left + 4));
                String text = new String(bytes, TextDecoder.charset(bytes, declared(bytes)));
                length += text.length();
                if (length > limits.textLength()) {
                    throw RejectionException.tooLong(limits.textLength());
                }
                return Jsoup.parse(XhtmlText.endElements(text.startsWith("\uFEFF") ? text.substring(1) : text));
            }
        }

        private static @Nullable String declared(byte[] bytes) {
            return HtmlReader.declaredIn(
                    new String(bytes, 0, Math.min(bytes.length, HtmlReader.HEAD_BYTES), StandardCharsets.ISO_8859_1));
        }

        private Element prepare(String part, Document chapter) {
            chapter.select(MACHINERY).remove();
            chapter.select(PAGE_BREAKS).remove();
            for (Element contents : chapter.select("nav")) {
                out.notice(Kind.CONTENTS_ENTRIES, contents.select("a").size());
                contents.remove();
            }
            navigation.addHeadings(part, chapter);
            Integer number = numbers.get(part.toLowerCase(Locale.ROOT));
            for (Element element : chapter.select("[id], a[name]")) {
                String id = element.id().isEmpty() ? element.attr("name") : element.id();
                element.removeAttr("name").attr("id", id(number, id));
            }
            for (Element link : chapter.select("a[href]")) {
                link.attr("href", address(part, link.attr("href")));
            }
            Element section = new Element("section").attr("id", id(number, ""));
            section.appendChildren(List.copyOf(chapter.body().childNodes()));
            return section;
        }

        /** The address of a place in the page with all chapters; others stay. */
        private String address(String part, String href) {
            int hash = href.indexOf('#');
            String path = hash < 0 ? href : href.substring(0, hash);
            String target = path.isEmpty() ? part : ZipPackage.resolve(part, path);
            Integer number = path.contains(":") ? null : numbers.get(target.toLowerCase(Locale.ROOT));
            return number == null ? href : "#" + id(number, hash < 0 ? "" : href.substring(hash + 1));
        }

        private static String id(@Nullable Integer chapter, String id) {
            return "chapter" + chapter + "-" + id;
        }
    }
}
