package dev.lectern.ingestion.parsing.formats.pdf;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextNormalizer;
import dev.lectern.ingestion.parsing.formats.pdf.PdfRunningHeadFilter.Furniture;
import dev.lectern.ingestion.parsing.formats.pdf.layout.PdfLine;
import dev.lectern.library.Block.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/** What stands beside the text of pages, added where it interrupts no paragraph: running heads, footnotes, comments, and the text of scanned pages. */
final class PdfPageNotes {
    private final Deque<Furniture> headers = new ArrayDeque<>();
    private final Deque<Furniture> footers = new ArrayDeque<>();
    private final PdfFootnotes footnotes;
    private final IntFunction<List<String>> comments;
    private final PdfScannedPages scanned;
    private final PdfTextJoiner joiner;
    private final int pages;
    private int commentsUntil;
    private int repeatedRows;

    /**
     * Makes the notes of a document.
     *
     * @param comments on each page
     * @param pages of the document
     */
    PdfPageNotes(
            List<Furniture> furniture,
            PdfFootnotes footnotes,
            IntFunction<List<String>> comments,
            PdfScannedPages scanned,
            PdfTextJoiner joiner,
            int pages) {
        furniture.forEach(one -> (one.mark() == Mark.HEADER ? headers : footers).add(one));
        this.footnotes = footnotes;
        this.comments = comments;
        this.scanned = scanned;
        this.joiner = joiner;
        this.pages = pages;
    }

    /** Rows of table headers that were left out as they repeat one on another page. */
    int repeatedRows() {
        return repeatedRows;
    }

    /** Adds what belongs to earlier pages and to the top of this one. */
    void beforeBlock(int page, ParsedDocumentBuilder out) {
        addUntil(page - 1, out);
        scanned.writeBefore(page, out);
        addFurniture(headers, page, out);
    }

    /** Adds everything that is left. */
    void atEnd(ParsedDocumentBuilder out, int repeatedTableRows) {
        addFurniture(headers, pages, out);
        addUntil(pages, out);
        scanned.writeRest(out);
        repeatedRows = repeatedTableRows;
    }

    private void addUntil(int page, ParsedDocumentBuilder out) {
        addFurniture(headers, page, out);
        for (List<PdfLine> note : footnotes.takeUntil(page)) {
            PdfTextJoiner.Joined joined = joiner.join(note);
            if (TextNormalizer.normalizeLine(joined.text()).isEmpty()) {
                continue;
            }
            out.page(note.getFirst().page());
            out.note(Mark.FOOTNOTE, joined.text());
            PdfTextJoiner.addPlaces(joined, 0, out);
        }
        while (commentsUntil < page) {
            commentsUntil++;
            for (String comment : new ArrayList<>(comments.apply(commentsUntil))) {
                out.page(commentsUntil);
                out.note(Mark.COMMENT, comment);
            }
        }
        addFurniture(footers, page, out);
    }

    private static void addFurniture(Deque<Furniture> furniture, int page, ParsedDocumentBuilder out) {
        while (!furniture.isEmpty() && furniture.getFirst().page() <= page) {
            Furniture one = furniture.removeFirst();
            out.page(one.page());
            out.furniture(one.mark(), one.text());
        }
    }
}
