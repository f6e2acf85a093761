package dev.lectern.ingestion.parsing.formats;

import java.util.Locale;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Passes what Tika says of a file, as XHTML, on to {@link MarkupBlockBuilder}, and counts slides and sheets as pages. */
final class TikaXhtmlHandler extends DefaultHandler {
    private static final Set<String> PAGES = Set.of("slide-content", "sheet", "page");

    /** Said by Tika itself or meant for machines. */
    private static final Set<String> LEFT_OUT =
            Set.of("slide-master-content", "slideShow-master", "embedded", "package-entry", "annotation");

    /** The first text of a slide stands over the rest. */
    private static final String SLIDE_TITLE = "h2";

    private final MarkupBlockBuilder blocks;
    private final ParsedDocumentBuilder out;
    private final Runnable beforeText;
    private int pages;
    private int leftOut;
    private boolean begun;
    private boolean titleExpected;
    private boolean inTitle;

    /** @param beforeText run once, before the first text */
    TikaXhtmlHandler(MarkupBlockBuilder blocks, ParsedDocumentBuilder out, Runnable beforeText) {
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
        inTitle = titleExpected && name.equals("p");
        blocks.start(inTitle ? SLIDE_TITLE : name);
        if (kind != null && name.equals("div") && PAGES.contains(kind)) {
            out.page(++pages);
            titleExpected = kind.equals("slide-content");
        }
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        if (leftOut > 0) {
            leftOut--;
        } else {
            String name = name(localName, qName);
            blocks.end(inTitle && name.equals("p") ? SLIDE_TITLE : name);
            inTitle &= !name.equals("p");
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (leftOut > 0) {
            return;
        }
        String text = new String(characters, start, length);
        boolean blank = text.isBlank();
        titleExpected &= blank;
        if (!begun && !blank) {
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
