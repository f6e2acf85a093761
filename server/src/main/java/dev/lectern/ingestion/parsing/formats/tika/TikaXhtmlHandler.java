package dev.lectern.ingestion.parsing.formats.tika;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.html.MarkupBlockBuilder;
import dev.lectern.library.Block.Mark;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Passes what Tika says of a file, as XHTML, on to {@link MarkupBlockBuilder}, and counts slides and sheets as pages. */
public final class TikaXhtmlHandler extends DefaultHandler {
    private static final Set<String> PAGES = Set.of("slide-content", "sheet", "page");

    /** Said by Tika itself or meant for machines. */
    private static final Set<String> LEFT_OUT =
            Set.of("slide-master-content", "slideShow-master", "embedded", "package-entry", "annotation");

    private static final Map<String, Mark> NOTES = Map.of(
            "notes", Mark.SPEAKER_NOTE,
            "notes-content", Mark.SPEAKER_NOTE,
            "slide-notes", Mark.SPEAKER_NOTE,
            "slide-comment", Mark.COMMENT);

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
    private boolean marksFootnotes;
    private boolean paragraphBegins;
    private @Nullable StringBuilder note;
    private @Nullable Mark noteMark;
    private int noteDepth;

    /** @param beforeText run once, before the first text */
    public TikaXhtmlHandler(MarkupBlockBuilder blocks, ParsedDocumentBuilder out, Runnable beforeText) {
        this.blocks = blocks;
        this.out = out;
        this.beforeText = beforeText;
    }

    /** Takes a paragraph that begins with the mark of a footnote, which Tika cannot write, for one. */
    public void markFootnotes() {
        marksFootnotes = true;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) {
        String kind = attributes.getValue("class");
        if (leftOut > 0 || (kind != null && LEFT_OUT.contains(kind))) {
            leftOut++;
            return;
        }
        String name = name(localName, qName);
        if (note != null) {
            noteDepth++;
            note.append(name.equals("p") || name.equals("br") ? "\n" : "");
            return;
        }
        Mark mark = kind == null ? null : NOTES.get(kind);
        if (mark != null) {
            blocks.start("div");
            blocks.end("div");
            paragraphBegins = false;
            startNote(mark);
            return;
        }
        paragraphBegins = name.equals("p");
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
        } else if (note != null && noteDepth > 0) {
            noteDepth--;
            if (noteDepth == 0) {
                boolean footnote = paragraphBegins;
                endNote();
                if (footnote) {
                    blocks.end("p");
                }
            }
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
        if (note == null && marksFootnotes && paragraphBegins && text.startsWith("\uFFFD")) {
            startNote(Mark.FOOTNOTE);
            text = text.substring(1);
        }
        if (note != null) {
            note.append(text);
            return;
        }
        paragraphBegins &= text.isBlank();
        boolean blank = text.isBlank();
        titleExpected &= blank;
        if (!begun && !blank) {
            begun = true;
            beforeText.run();
        }
        blocks.text(text);
    }

    private void startNote(Mark mark) {
        note = new StringBuilder();
        noteMark = mark;
        noteDepth = 1;
    }

    /** Programs write a star where the number of a page is. */
    private void endNote() {
        Mark mark = noteMark;
        if (note != null && mark != null) {
            out.note(
                    mark,
                    note.toString()
                            .lines()
                            .filter(line -> !line.strip().equals("*"))
                            .collect(Collectors.joining("\n")));
        }
        note = null;
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) {
        if (note == null) {
            blocks.text(" ");
        } else {
            note.append(' ');
        }
    }

    private static String name(String localName, String qName) {
        return (localName.isEmpty() ? qName : localName).toLowerCase(Locale.ROOT);
    }
}
