package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Footnotes, endnotes and comments of a Word document. Each is added once, after the block that first refers to it. */
final class WordNotes {
    private static final int MAX_LENGTH = 20_000_000;

    private final Map<String, String> footnotes;
    private final Map<String, String> endnotes;
    private final Map<String, String> comments;
    private final WordStyles styles;
    private final int maxDepth;
    private int hidden;
    private int deleted;
    private int length;

    WordNotes(ZipPackage parts, String main, WordStyles styles, int maxDepth) throws IOException, XMLStreamException {
        this.styles = styles;
        this.maxDepth = maxDepth;
        footnotes = read(parts, parts.related(main, "footnotes"), "footnote");
        endnotes = read(parts, parts.related(main, "endnotes"), "endnote");
        comments = read(parts, parts.related(main, "comments"), "comment");
    }

    private Map<String, String> read(ZipPackage parts, @Nullable String part, String name)
            throws IOException, XMLStreamException {
        Map<String, String> notes = new LinkedHashMap<>();
        parts.read(part == null ? "" : part, xml -> {
            while (ZipPackage.nextElement(xml)) {
                if (xml.getLocalName().equals(name)) {
                    XmlElement note = XmlElement.read(xml, maxDepth);
                    String text = text(note);
                    length += text.length();
                    if (length > MAX_LENGTH) {
                        throw RejectionException.tooLong(MAX_LENGTH);
                    }
                    // The line between text and notes is one of them.
                    if (!text.isBlank()
                            && !note.attribute("type").toLowerCase(Locale.ROOT).contains("separator")) {
                        String author = note.attribute("author");
                        notes.put(note.attribute("id"), author.isBlank() ? text : author + ": " + text);
                    }
                }
            }
        });
        return notes;
    }

    private String text(XmlElement note) {
        StringBuilder text = new StringBuilder();
        note.forEach("p", paragraph -> {
            WordParagraph read = WordParagraph.read(paragraph, styles);
            hidden += read.hidden();
            deleted += read.deleted();
            text.append(text.isEmpty() ? "" : "\n").append(read.text().strip());
        });
        return text.toString().strip();
    }

    /** Adds those that the paragraph refers to. */
    void add(WordParagraph paragraph, ParsedDocumentBuilder out) {
        paragraph.footnotes().forEach(id -> add(footnotes, id, Mark.FOOTNOTE, out));
        paragraph.endnotes().forEach(id -> add(endnotes, id, Mark.FOOTNOTE, out));
        paragraph.comments().forEach(id -> add(comments, id, Mark.COMMENT, out));
    }

    private static void add(Map<String, String> notes, String id, Mark mark, ParsedDocumentBuilder out) {
        String note = notes.remove(id);
        if (note != null) {
            out.note(mark, note);
        }
    }

    /** Answers to comments, and what deleted text refers to. */
    void addUnreferenced(ParsedDocumentBuilder out) {
        footnotes.values().forEach(note -> out.note(Mark.FOOTNOTE, note));
        endnotes.values().forEach(note -> out.note(Mark.FOOTNOTE, note));
        comments.values().forEach(note -> out.note(Mark.COMMENT, note));
        out.notice(Kind.HIDDEN_TEXT, hidden);
        out.notice(Kind.DELETED_TEXT, deleted);
    }
}
