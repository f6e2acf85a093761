package dev.lectern.ingestion.parsing.formats.office;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.ingestion.parsing.formats.document.RunningTexts;
import dev.lectern.ingestion.parsing.formats.xml.XmlElement;
import dev.lectern.ingestion.parsing.formats.xml.ZipPackage;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Decks of Office Open XML in the order of their slides, hidden ones too; each with its notes and comments. One slide at a time is in memory. */
public final class SlideDeckReader implements FormatReader {

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out)
            throws IOException, XMLStreamException {
        try (ZipPackage parts = new ZipPackage(inputFile)) {
            String main = parts.related("", "officeDocument");
            XmlElement deck = main == null ? null : parts.readWhole(main);
            if (main == null || deck == null) {
                throw RejectionException.broken();
            }
            String core = parts.related("", "core-properties");
            String title = DocumentProperties.read(core == null ? null : parts.readWhole(core), out);
            Map<String, ZipPackage.Relationship> relationships = parts.relationships(main);
            Map<String, String> authors = readAuthors(parts, relationships);
            RunningTexts running = new RunningTexts(out);
            XmlElement list = deck.find("sldIdLst");
            int total = list == null ? 0 : list.childrenNamed("sldId").size();
            int number = 0;
            int hidden = 0;
            StringBuilder hiddenNumbers = new StringBuilder();
            for (XmlElement entry : list == null ? List.<XmlElement>of() : list.childrenNamed("sldId")) {
                out.page(++number);
                ZipPackage.Relationship relationship = relationships.get(entry.attribute("r:id"));
                XmlElement slide =
                        relationship == null || relationship.external() ? null : parts.readWhole(relationship.target());
                if (slide != null && relationship != null) {
                    if (Set.of("0", "false").contains(slide.attribute("show"))) {
                        hidden++;
                        hiddenNumbers
                                .append(hiddenNumbers.isEmpty() ? "slide " : ", ")
                                .append(number);
                        out.mark(Set.of(Mark.HIDDEN));
                    }
                    readSlide(parts, relationship.target(), slide, authors, running, out);
                    out.mark(Set.of());
                }
            }
            out.notice(Kind.HIDDEN_INCLUDED, hidden, total, hiddenNumbers.toString());
            out.page(null);
            return title;
        }
    }

    private static void readSlide(
            ZipPackage parts,
            String part,
            XmlElement slide,
            Map<String, String> authors,
            RunningTexts running,
            ParsedDocumentBuilder out)
            throws IOException, XMLStreamException {
        Map<String, ZipPackage.Relationship> relationships = parts.relationships(part);
        new SlideShapes(out, new DrawingTexts(parts, out), relationships, running).read(slide);
        for (ZipPackage.Relationship one : relationships.values()) {
            if (one.external()) {
                continue;
            }
            switch (one.type()) {
                case "notesSlide" -> {
                    XmlElement notes = parts.readWhole(one.target());
                    if (notes != null) {
                        readNotes(notes, out);
                    }
                }
                case "comments" -> {
                    XmlElement comments = parts.readWhole(one.target());
                    if (comments != null) {
                        readComments(comments, authors, out);
                    }
                }
                default -> {
                    // Layout, pictures.
                }
            }
        }
    }

    /** The picture of the slide, its number, date and footer are no notes. */
    private static void readNotes(XmlElement notes, ParsedDocumentBuilder out) {
        notes.forEach("sp", shape -> {
            XmlElement placeholder = shape.find("nvSpPr", "nvPr", "ph");
            XmlElement text = shape.find("txBody");
            if (text != null && (placeholder == null || !SlideShapes.RUNNING.contains(placeholder.attribute("type")))) {
                StringBuilder note = new StringBuilder();
                text.forEach(
                        "p",
                        paragraph -> note.append(SlideShapes.text(paragraph)).append('\n'));
                out.note(Mark.SPEAKER_NOTE, note.toString());
            }
        });
    }

    private static void readComments(XmlElement comments, Map<String, String> authors, ParsedDocumentBuilder out) {
        comments.forEach("cm", comment -> {
            addComment(comment, authors, out);
            comment.forEach("reply", reply -> addComment(reply, authors, out));
        });
    }

    private static void addComment(XmlElement comment, Map<String, String> authors, ParsedDocumentBuilder out) {
        StringBuilder text = new StringBuilder();
        XmlElement old = comment.find("text");
        if (old != null) {
            text.append(old.text());
        }
        XmlElement body = comment.find("txBody");
        if (body != null) {
            body.forEach(
                    "p", paragraph -> text.append(SlideShapes.text(paragraph)).append('\n'));
        }
        String author = authors.getOrDefault(comment.attribute("authorId"), "");
        out.note(Mark.COMMENT, author.isBlank() || text.toString().isBlank() ? text.toString() : author + ": " + text);
    }

    private static Map<String, String> readAuthors(ZipPackage parts, Map<String, ZipPackage.Relationship> relationships)
            throws IOException, XMLStreamException {
        Map<String, String> authors = new HashMap<>();
        for (ZipPackage.Relationship one : relationships.values()) {
            if (!one.external() && Set.of("commentAuthors", "authors").contains(one.type())) {
                XmlElement list = parts.readWhole(one.target());
                for (XmlElement author : list == null ? List.<XmlElement>of() : list.children()) {
                    authors.put(author.attribute("id"), author.attribute("name"));
                }
            }
        }
        return authors;
    }
}
