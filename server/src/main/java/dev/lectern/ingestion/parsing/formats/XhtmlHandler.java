package dev.lectern.ingestion.parsing.formats;

import java.util.Locale;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Passes what Tika says of a file, as XHTML, on to {@link MarkupBlocks}, and counts slides and sheets as pages. */
final class XhtmlHandler extends DefaultHandler {
    private static final Set<String> PAGES = Set.of("slide-content", "slide", "page");

    /** Said by Tika itself or meant for machines. */
    private static final Set<String> LEFT_OUT =
            Set.of("slide-master-content", "slideShow-master", "embedded", "package-entry", "annotation");

    private final MarkupBlocks blocks;
    private final TextBuilder out;
    private final Runnable beforeText;
    private int pages;
    private int leftOut;
    private boolean begun;

    /** @param beforeText run once, before the first text */
    XhtmlHandler(MarkupBlocks blocks, TextBuilder out, Runnable beforeText) {
        this.blocks = blocks;
        this.out = out;
        this.beforeText = beforeText;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        String kind = attributes.getValue("class");
        if (leftOut > 0 || (kind != null && LEFT_OUT.contains(kind))) {
            leftOut++;
            return;
        }
        String name = name(localName, qName);
        blocks.start(name);
        if (kind != null && name.equals("div") && PAGES.contains(kind)) {
            out.page(++pages);
        }
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        if (leftOut > 0) {
            leftOut--;
        } else {
            blocks.end(name(localName, qName));
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (leftOut > 0) {
            return;
        }
        String text = new String(characters, start, length);
        if (!begun && !text.isBlank()) {
            begun = true;
            beforeText.run();
        }
        blocks.text(text);
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) {
        blocks.text(" ");
    }

    private static String name(String localName, String qName) {
        return (localName.isEmpty() ? qName : localName).toLowerCase(Locale.ROOT);
    }
}
